"""What the names of folders and files say: upload date, table and kind of file."""

import re
from dataclasses import dataclass
from datetime import date
from typing import Literal

from xypipeline.periods import FIRST_DAY
from xypipeline.standard.model import Catalogue

Kind = Literal["csv", "txt", "tsv", "xlsx", "parquet", "jsonl", "zip"]

KINDS = frozenset({"csv", "txt", "tsv", "xlsx", "parquet", "jsonl", "zip"})
# The others are compressed already.
GZIPPED_KINDS = frozenset({"csv", "txt", "tsv", "jsonl"})
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


@dataclass(frozen=True)
class FileName:
    """What a file's name says; None where it says nothing we know."""

    table_code: str | None
    kind: Kind | None


def parse_file_name(name: str, catalogue: Catalogue) -> FileName:
    """Read `<table>[.<anything>].<ext>[.gz]`; the table by code, legacy code or title, in any case."""
    table_name, *rest = name.split(".")
    extensions = [extension.casefold() for extension in rest]
    is_gzipped = extensions[-1:] == ["gz"]
    if is_gzipped:
        extensions.pop()
    kind = extensions[-1] if extensions else None
    is_known = kind in (GZIPPED_KINDS if is_gzipped else KINDS)
    table = catalogue.find_table(table_name)
    return FileName(table.code if table else None, kind if is_known else None)


def parse_upload_date(folder: str) -> date | None:
    """The day that a date folder stands for; None if it is no day since the platform began."""
    if not _DAY.fullmatch(folder):
        return None
    try:
        day = date.fromisoformat(folder)
    except ValueError:
        return None
    return day if day >= FIRST_DAY else None
