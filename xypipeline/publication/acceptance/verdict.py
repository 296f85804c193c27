"""What came of an acceptance: the verdict on each suite and each of its expectations, in Chinese."""

from collections.abc import Mapping
from dataclasses import dataclass

SUITES: Mapping[str, str] = {
    "registered_once": "名册：每家在册医院一行",
    "within_bounds": "范围：每个数字在应有的界限内",
    "agrees_with_ledger": "台账：数字与台账、名册合计一致",
    "judged_by_policy": "口径：梯队、得分、名次、备注与数字相符",
    "attachment_agrees": "附件：公布的数字与台账一致",
    "no_unexplained_fall": "版次：已公布的数字无说明不得减少",
}
"""Title by name, in the order in which they are run; a name is that of its check, too."""


@dataclass(frozen=True)
class Finding:
    """One expectation, held against the figures."""

    kind: str
    """The expectation's type, as Great Expectations calls it."""
    says: str
    """What it expects."""
    severity: str
    problems: tuple[str, ...]
    """Each names hospital, figure and both values; empty if it holds."""


@dataclass(frozen=True)
class Verdict:
    """One suite."""

    name: str
    rows: int
    """Lines looked at."""
    findings: tuple[Finding, ...]

    @property
    def title(self) -> str:
        """In Chinese."""
        return SUITES[self.name]

    @property
    def problems(self) -> tuple[str, ...]:
        """Of all its expectations, each said once."""
        return tuple(dict.fromkeys(problem for one in self.findings for problem in one.problems))


@dataclass(frozen=True)
class Acceptance:
    """All suites of one quarter."""

    period: str
    verdicts: tuple[Verdict, ...]

    @property
    def problems(self) -> tuple[str, ...]:
        """What is not fit to be published, each said once."""
        return tuple(dict.fromkeys(problem for one in self.verdicts for problem in one.problems))
