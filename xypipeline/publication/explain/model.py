"""What an explanation consists of: Chinese text and small tables, for the terminal and for pages alike."""

from dataclasses import dataclass


@dataclass(frozen=True)
class FactTable:
    """Inputs of a figure as people read them: every cell is text, numbers with thousands separators."""

    title: str
    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    """As many cells each as the header; no rows: there is nothing of the kind, and the title says of what."""


@dataclass(frozen=True)
class PolicyValue:
    """One number of the policy that the figure rests on."""

    key: str
    """Where it stands in the year's policy file: `weights.volume`."""
    title: str
    value: str


@dataclass(frozen=True)
class Explanation:
    """Where one figure of one hospital comes from; plain text without mark-up, nothing of a patient."""

    column: str
    """Its column: one of the attachment's, `qualified_pct` or `applicable_completeness_pct`."""
    title: str
    """The column's Chinese title."""
    org_code: str
    hospital: str
    value: str
    """As published; empty where the bulletin leaves a blank."""
    definition: str
    clause: str
    """Where the definition stands: `docs/scoring.md 第4条`."""
    inputs: tuple[FactTable, ...]
    policy: tuple[PolicyValue, ...]
    """Empty where no cut-off or weight has a part in it."""
    arithmetic: tuple[str, ...]
    """From the inputs to the figure, a step a line; the last one states the figure as published, or why it is
    left blank."""
    versions: str
    """Of standard, policy and register, with which the figure was computed."""
    notes: tuple[str, ...]
    """What a reader must know besides, such as data that changed after the quarter was scored."""

    @property
    def summary(self) -> str:
        """The arithmetic in one line: the step that gives the figure, or why there is none."""
        return self.arithmetic[-2 if self.value else -1]
