"""What an audit says: each claim of a bulletin with its verdict."""

from dataclasses import dataclass
from enum import StrEnum


class Verdict(StrEnum):
    """What became of a claim."""

    CONTRADICTED = "contradicted"
    UNSUPPORTED = "unsupported"
    """There is nothing to check it against."""
    CONFIRMED = "confirmed"


VERDICTS_ZH = {Verdict.CONTRADICTED: "矛盾", Verdict.UNSUPPORTED: "无从核实", Verdict.CONFIRMED: "属实"}


@dataclass(frozen=True)
class Claim:
    """One statement of a bulletin; its texts are Chinese, for the colleague who signs."""

    subject: str
    """What it is about: 接入医院数."""
    stated: str
    """What the bulletin says: 36 家."""
    verdict: Verdict
    found: str | None
    """What it was held against says, with its source: 35 家（附件）. None: there was nothing."""
    places: tuple[str, ...]
    """Where it stands, in the document's order; several if it is stated more than once."""
    note: str | None
    """How the two differ, or why it cannot be checked."""


@dataclass(frozen=True)
class Audit:
    """Every claim of one bulletin, in the document's order."""

    claims: tuple[Claim, ...]

    def of(self, verdict: Verdict) -> tuple[Claim, ...]:
        """The claims of one verdict."""
        return tuple(claim for claim in self.claims if claim.verdict == verdict)

    @property
    def contradictions(self) -> tuple[Claim, ...]:
        """The claims that contradict the document or the figures."""
        return self.of(Verdict.CONTRADICTED)


class Basis(StrEnum):
    """What a claim is held against; the text is how the audit names it."""

    ITSELF = "通报自身"
    PROSE = "正文"
    ATTACHMENT = "附件"
    REGISTRY = "医院名册"
    POLICY = "考核口径"
    OURS = "本系统"


@dataclass(frozen=True)
class Comparison:
    """One thing that a claim was held against."""

    basis: Basis
    agrees: bool
    found: str
    """What that says, in the words of the claim."""
    note: str | None = None


def settle(
    subject: str, stated: str, places: tuple[str, ...], comparisons: tuple[Comparison, ...], note: str | None
) -> Claim:
    """The claim with the verdict that its comparisons give: one that differs contradicts.

    Where our figures bear a claim out, the attachment or the prose that differs from it is what is wrong;
    that is said there.
    """
    ours = [one.agrees for one in comparisons if one.basis == Basis.OURS]
    if ours and all(ours):
        comparisons = tuple(
            one for one in comparisons if one.agrees or one.basis not in (Basis.PROSE, Basis.ATTACHMENT)
        )
    differing = tuple(one for one in comparisons if not one.agrees)
    shown = differing or comparisons
    verdict = Verdict.CONTRADICTED if differing else Verdict.CONFIRMED if shown else Verdict.UNSUPPORTED
    alike: dict[str, list[Comparison]] = {}
    for one in shown:
        alike.setdefault(one.found, []).append(one)
    found = "；".join(f"{said}（{'、'.join(one.basis for one in same)}）" for said, same in alike.items())
    # Of several that say the same, the first tells why.
    notes = [next((one.note for one in same if one.note), None) for same in alike.values()]
    told = "；".join(filter(None, notes)) or (None if shown else note)
    return Claim(subject, stated, verdict, found or None, places, told)
