"""The correction (更正) of a published edition: correction.json, correction.md and correction.docx."""

import json
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass

from xypipeline.harmless import escape_markdown
from xypipeline.publication.editions.changes import Change
from xypipeline.publication.editions.correction_word import word_bytes
from xypipeline.publication.editions.manifest import Facts
from xypipeline.publication.wording import TITLE, day_text, quarter_title

CORRECTION_JSON = "correction.json"
HEADER = ("序号", "医院", "栏目", "原公布", "更正为", "更正原因")
BLANK = "（空）"


@dataclass(frozen=True)
class Correction:
    """What an edition changes in the one before it."""

    facts: Facts
    edition: int
    corrects: int
    changes: tuple[Change, ...]

    @property
    def title(self) -> str:
        """As the documents print it; a space is where a line may end."""
        quarter = self.facts.quarter
        return f"关于更正{quarter.year}年{quarter_title(quarter)} {TITLE}的说明"

    @property
    def opening(self) -> str:
        """What is corrected, and how much of it."""
        hospitals = {change.org_code for change in self.changes if change.org_code}
        return (
            f"经核对，已公布的统计（第{self.corrects}版）中有{len(self.changes)}处数字与现有数据不符，"
            f"涉及{len(hospitals)}家医院，现更正如下，以本次公布的第{self.edition}版为准；其余数字不变。"
            f"统计时间截至{day_text(self.facts.cut_off)}。"
        )


def table_rows(changes: Iterable[Change]) -> Iterator[tuple[str, ...]]:
    """The cells below `HEADER`, one row for each change."""
    for number, change in enumerate(changes, start=1):
        old, new = change.old or BLANK, change.new or BLANK
        yield str(number), change.hospital, change.title, old, new, change.reason


def render_correction(correction: Correction) -> dict[str, bytes]:
    """The correction's files by name; the same changes, the same bytes."""
    return {
        CORRECTION_JSON: _json_bytes(correction),
        "correction.md": _markdown_bytes(correction),
        "correction.docx": word_bytes(
            correction.title,
            correction.opening,
            [HEADER, *table_rows(correction.changes)],
            correction.facts.cut_off,
        ),
    }


def read_changes(content: bytes) -> tuple[Change, ...]:
    """The changes of a `correction.json`."""
    return tuple(Change(**change) for change in json.loads(content)["changes"])


def _json_bytes(correction: Correction) -> bytes:
    content = {
        "period": correction.facts.period,
        "as_of": correction.facts.as_of,
        "edition": correction.edition,
        "corrects": correction.corrects,
        "changes": [asdict(change) for change in correction.changes],
    }
    return (json.dumps(content, ensure_ascii=False, indent=2) + "\n").encode()


def _markdown_bytes(correction: Correction) -> bytes:
    rows = (map(escape_markdown, row) for row in table_rows(correction.changes))
    lines = [HEADER, ["---"] * len(HEADER), *rows]
    table = "\n".join(f"| {' | '.join(cells)} |" for cells in lines)
    return f"# {correction.title.replace(' ', '')}\n\n{correction.opening}\n\n{table}\n".encode()
