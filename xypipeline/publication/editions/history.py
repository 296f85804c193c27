"""history.jsonl: who reviewed and who published which edition, and when. Lines are only ever appended.

It decides what is published: an edition's folder without its line was left by a publishing that was killed.
A draft needs no line; it is whatever has been drafted and not been reviewed byte for byte.
"""

import json
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from typing import Literal
from zoneinfo import ZoneInfo

from xypipeline.errors import PublicationError
from xypipeline.periods import TIMEZONE
from xypipeline.publication.editions.files import append_line, whole_lines

HISTORY = "history.jsonl"
State = Literal["draft", "reviewed", "published"]


@dataclass(frozen=True)
class Decision:
    """One line: somebody answered for an edition, known by the fingerprint of its manifest."""

    edition: int
    state: State
    by: str
    at: str
    """ISO 8601, with the offset of Asia/Shanghai."""
    manifest_sha256: str


def read_history(folder: Path) -> tuple[Decision, ...]:
    """The decisions on a period's editions, the earliest first; a line that was being written is none yet.

    Raises:
        PublicationError: a line is damaged.
    """
    path, decisions = folder / HISTORY, []
    for number, line in enumerate(whole_lines(path).splitlines(), start=1):
        try:
            decisions.append(Decision(**json.loads(line)))
        except (ValueError, TypeError) as error:
            raise PublicationError(
                f"{path}:{number} is damaged; restore the file from the last backup."
            ) from error
    return tuple(decisions)


def record(folder: Path, edition: int, state: State, by: str, at: datetime, manifest_sha256: str) -> Decision:
    """Append a decision; once this returns it is on the disk.

    Raises:
        PublicationError: nobody is named.
    """
    name = " ".join(by.split())
    if not name:
        raise PublicationError("Name who decides: --by 姓名.")
    moment = at.astimezone(ZoneInfo(TIMEZONE)).isoformat(timespec="seconds")
    decision = Decision(edition, state, name, moment, manifest_sha256)
    append_line(folder / HISTORY, json.dumps(asdict(decision), ensure_ascii=False).encode())
    return decision
