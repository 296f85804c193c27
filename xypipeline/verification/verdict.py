"""What one check of an edition came to."""

from collections.abc import Sequence
from dataclasses import dataclass

_SHOWN = 20


@dataclass(frozen=True)
class Verdict:
    """One check, in Chinese; whoever answers for the edition reads it."""

    subject: str
    """What was checked."""
    extent: str
    """How much of it."""
    problems: Sequence[str] = ()
    """Each thing that does not verify, by name."""

    @property
    def is_verified(self) -> bool:
        """Whether nothing was found."""
        return not self.problems

    def lines(self) -> list[str]:
        """One line, and one more for each problem; of very many, the first."""
        if self.is_verified:
            return [f"相符　{self.subject}：{self.extent}"]
        shown = [f"　　　{problem}" for problem in self.problems[:_SHOWN]]
        left = len(self.problems) - _SHOWN
        more = [f"　　　……另有 {left} 处"] if left > 0 else []
        return [f"不符　{self.subject}：{len(self.problems)} 处（{self.extent}）", *shown, *more]
