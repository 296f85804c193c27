"""A message before it takes the form of a channel."""

from dataclasses import dataclass

MOST_BYTES = 3600
"""Of a notice's text in UTF-8: the narrowest channel takes 4096 with title and link."""
_CUT = "……（已截断，详见界面）"


@dataclass(frozen=True)
class Notice:
    """One cause, told once."""

    cause: str
    """What tells it from the other causes of the same run; stable, not shown to people."""
    title: str
    lines: tuple[str, ...]
    link: str
    """The page of the UI that shows more."""

    @property
    def text(self) -> str:
        """The lines, as many as fit into any channel; the last one says so where some are left out."""
        if len("\n".join(self.lines).encode()) <= MOST_BYTES:
            return "\n".join(self.lines)
        kept, room = [], MOST_BYTES - len(_CUT.encode())
        for line in self.lines:
            room -= len(line.encode()) + 1
            if room < 0:
                break
            kept.append(line)
        return "\n".join([*kept, _CUT])
