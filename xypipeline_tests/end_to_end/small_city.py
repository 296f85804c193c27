"""A few hospitals' uploads drawn by hypothesis, as files in landing, and what the stages make of them.

Three hospitals on the city's platform, three tables, the first days of April. What two rows say is the same
where record and version are the same, and a later version has a later update time; so nothing hangs on which
of two rows is read first.
"""

import csv
import io
import tempfile
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from hypothesis import strategies as st

from xypipeline.standard.catalogue import current_catalogue
from xypipeline.validated.across.judge import judge_across
from xypipeline.validated.store import create_tables as create_validated_tables
from xypipeline_tests.publication.explain.installation import (
    AS_OF,
    FIRST,
    QUARTER,
    REGISTRY,
    SECOND,
    THIRD,
    deliver,
    score,
)
from xypipeline_tests.validated.rows import TRANSFER

HOSPITALS = (FIRST, SECOND, THIRD)
DAYS = range(1, 9)
_TIMES = {"collect_time": "2023-03-31 00:30:00"}
_RECORDS = {
    "department": {
        "dept_code": "",
        "dept_name": "内科",
        "std_dept_code": "03",
        "dept_type_code": "1",
        "record_status": "0",
    },
    "charge_item": {
        "charge_item_code": "",
        "charge_item_name": "静脉输液",
        "fee_category_code": "01",
        "item_unit": "次",
        "unit_price": "12.50",
        "effective_date": "2023-01-01",
        "record_status": "0",
    },
    "transfer_record": TRANSFER
    | {"transfer_time": "2023-03-30 10:00:00", "sign_time": "2023-03-30 11:00:00"},
}
TABLES = tuple(_RECORDS)
CATALOGUE = replace(current_catalogue(), tables={code: current_catalogue().tables[code] for code in TABLES})
# By version: new, changed, revoked, back again, revoked again, back again.
_FLAGS = "123232"
REVOKED = "3"
BLANK, TOO_LONG, PLACEHOLDER = "", "X" * 300, "1900-01-01"
CUT = "the line cut short"
"""In place of a column: the row cannot be parsed."""


@dataclass(frozen=True)
class Fault:
    """One cell spoilt, such that the row breaks a rule."""

    column: str
    text: str


@dataclass(frozen=True)
class Row:
    """One version of one record."""

    key: str
    version: int
    fault: Fault | None = None

    @property
    def flag(self) -> str:
        return _FLAGS[self.version - 1]

    def cells(self, org_code: str, table_code: str) -> dict[str, str]:
        cells = (
            _RECORDS[table_code]
            | _TIMES
            | {
                "org_code": org_code,
                _key_of(table_code): self.key,
                "modify_flag": self.flag,
                "update_time": f"2023-03-31 {self.version:02}:00:00",
            }
        )
        return cells if self.fault is None else cells | {self.fault.column: self.fault.text}


@dataclass(frozen=True)
class File:
    """One file of one hospital, table and day of April."""

    day: int
    org_code: str
    table_code: str
    rows: tuple[Row, ...]
    part: str = "1"

    @property
    def content(self) -> str:
        columns = list(Row("", 1).cells("", self.table_code))
        text = io.StringIO()
        writer = csv.writer(text)
        writer.writerow(columns)
        for row in self.rows:
            cells = row.cells(self.org_code, self.table_code)
            writer.writerow([cells[name] for name in (columns[:2] if CUT in cells else columns)])
        return text.getvalue()


@dataclass(frozen=True)
class Outcome:
    """What a city's uploads came to."""

    standings: Mapping[str, Mapping[str, object]]
    """Rows of `scores.standing` of the three hospitals, by org_code."""
    ledger: Sequence[tuple]
    findings: Sequence[tuple]
    """Sorted: upload_date, org_code, table_code, column_name, rule_id, severity, value; not file and line."""


def outcome_of(files: Iterable[File], *, across: bool = False) -> Outcome:
    """Take the files through all stages up to the scores; on demand the rules across rows, too."""
    with tempfile.TemporaryDirectory() as folder:
        landing_dir = Path(folder)
        for file in files:
            name = f"{file.table_code}.{file.part}.csv"
            deliver(landing_dir, file.org_code, file.day, name, file.content)
        connection = score(landing_dir, catalogue=CATALOGUE).connection
    with connection:
        if across:
            # Rules across rows may name any table.
            create_validated_tables(connection, current_catalogue())
            judge_across(connection, CATALOGUE, REGISTRY, (QUARTER.first, AS_OF))
        standings = connection.sql("select * from scores.standing order by seq").pl()
        findings = connection.sql("select * exclude (path, line) from validated.finding order by all")
        return Outcome(
            standings={row["org_code"]: row for row in standings.to_dicts() if row["org_code"] in HOSPITALS},
            ledger=connection.sql("select * from scores.ledger order by all").fetchall(),
            findings=findings.fetchall(),
        )


def _key_of(table_code: str) -> str:
    return CATALOGUE.tables[table_code].primary_key[-1]


def faults(table_code: str, *, of_versions: bool = True) -> st.SearchStrategy[Fault]:
    """Any cell, spoilt so that a rule finds it; a key is lost, never another's.

    `of_versions` spoils the update time, too, which tells the versions of a record apart.
    """
    table = CATALOGUE.tables[table_code]
    columns = [name for name in Row("", 1).cells("", table_code) if name != "org_code"]
    spoilt = [
        Fault(name, text)
        for name in columns
        if of_versions or name != "update_time"
        for text in ((BLANK, "无") if name in table.primary_key else (BLANK, TOO_LONG, PLACEHOLDER))
    ]
    return st.sampled_from([*spoilt, Fault("org_code", "411500009"), Fault(CUT, "")])


rows = st.builds(Row, key=st.sampled_from("ABC"), version=st.integers(1, len(_FLAGS)))
_places = st.tuples(st.sampled_from(DAYS), st.sampled_from(HOSPITALS), st.sampled_from(TABLES))
cities = st.dictionaries(_places, st.lists(rows, min_size=1, max_size=4), max_size=8).map(
    lambda uploads: [File(*place, tuple(found)) for place, found in uploads.items()]
)
"""Files of sound rows, one per hospital, table and day."""


@st.composite
def faulty_cities(draw: st.DrawFn) -> list[File]:
    """Files of which some versions of some records are faulty, wherever they are sent."""
    files = draw(cities)
    versions = sorted({(file.table_code, row.key, row.version) for file in files for row in file.rows})
    spoilt = {
        (code, key, version): draw(st.none() | faults(code, of_versions=False))
        for code, key, version in versions
    }
    return [
        replace(
            file,
            rows=tuple(
                replace(row, fault=spoilt[file.table_code, row.key, row.version]) for row in file.rows
            ),
        )
        for file in files
    ]
