"""The work in a form that needs no xypipeline: columns to read, and checks that every peer translates."""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Literal

# What counts as nothing in a cell, once the space around it is gone.
EMPTY_TEXTS = ("", "-", "/", "无", "null", "NULL")
# Columns that are reckoned from others while reading, for checks across columns; see `in_polars`.
LATEST_RECEIPT = "latest_receipt"
COLLECT_LIMIT = "collect_limit"
JUDGED_UPDATE_TIME = "judged_update_time"
AMOUNT_DIFFERENCE = "amount_difference"
CLOCK_TOLERANCE_MINUTES = 10
# Beside a column that is typed: all its texts, and those of them that are none of its type.
TEXT_SUFFIX, UNTYPED_SUFFIX = "__text", "__untyped"
LINEAGE = ("upload_date", "org_code", "path", "line")

Kind = Literal[
    "required",
    "typed",
    "not_on",
    "longest",
    "between",
    "among",
    "unrepeated",
    "same",
    "not_after",
    "not_before",
    "at_most",
]


@dataclass(frozen=True)
class Column:
    """A column of the file: text, or text that stands for a value if it has the shape."""

    code: str
    type: Literal["string", "decimal", "datetime"]
    shape: str | None = None


@dataclass(frozen=True)
class Check:
    """One check; an empty cell breaks `required` alone."""

    id: str
    """`<rule id>:<column>`, as our findings name it."""
    kind: Kind
    column: str
    limits: Mapping[str, object] = field(default_factory=dict)
    """longest: characters. between: least, most. among: codes. not_on: days. unrepeated: columns. same and
    not_after: other, a column. not_before: day. at_most: most."""


@dataclass(frozen=True)
class Work:
    """What every peer is given beside the file."""

    table_code: str
    columns: tuple[Column, ...]
    checks: tuple[Check, ...]

    def of_kind(self, *kinds: Kind) -> list[Check]:
        """The checks of these kinds, in order."""
        return [check for check in self.checks if check.kind in kinds]


def write_work(work: Work, path: Path) -> None:
    """Write the work as JSON."""
    path.write_text(json.dumps(asdict(work), ensure_ascii=False, indent=1), encoding="utf-8")


def read_work(path: Path) -> Work:
    """Read what `write_work` wrote."""
    content = json.loads(path.read_text(encoding="utf-8"))
    return Work(
        content["table_code"],
        tuple(Column(**column) for column in content["columns"]),
        tuple(Check(**check) for check in content["checks"]),
    )
