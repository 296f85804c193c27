"""Reads every hospital's details of a scored quarter: one statement per kind of detail."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from pathlib import Path
from types import MappingProxyType

from duckdb import DuckDBPyConnection

from xypipeline.errors import PublicationError
from xypipeline.harmless import visible
from xypipeline.periods import Period, Quarter
from xypipeline.publication.details.model import (
    SEVERITIES,
    DayUpload,
    FindingExample,
    HospitalDetail,
    InapplicableTable,
    RefusedFile,
    RuleFindings,
    TableUpload,
)
from xypipeline.standard.model import Catalogue, Table
from xypipeline.warehouse import run_sql

EXAMPLES_SHOWN = 3
REFUSED_SHOWN = 50
_DAY_COUNTS = ("files", "files_refused", "rows_received", "rows_accepted", "records_new")
_OUTSIDE_THE_STANDARD = "（标准外的列）"
_FOLDER = Path(__file__).parent
# A file's name is the hospital's own choice: an id card or mobile number in it is not passed on.
_PERSONAL_NUMBER = re.compile(r"(?<!\d)(?:1[3-9]\d{9}|\d{15}|\d{17}[\dXx])(?!\d)")

Rows = Mapping[str, list[dict]]


def read_details(
    connection: DuckDBPyConnection,
    quarter: Quarter,
    as_of: date,
    catalogue: Catalogue,
    inapplicable: Mapping[str, tuple[InapplicableTable, ...]] = MappingProxyType({}),
) -> Mapping[str, HospitalDetail]:
    """Each scored hospital's details of the quarter up to `as_of`, by org_code.

    Args:
        connection: the warehouse.
        quarter: a scored one.
        as_of: its cut-off day.
        catalogue: the standard that it was checked and scored with.
        inapplicable: as `inapplicable.read_inapplicable` returns it.

    Raises:
        PublicationError: the quarter was checked or scored with another standard than the catalogue's.
    """
    span = {"first_day": quarter.first, "as_of": as_of}
    tables = _by_hospital(connection, "tables.sql", period=str(quarter))
    days = _by_hospital(connection, "days.sql", **span)
    findings = _by_hospital(connection, "findings.sql", **span, examples=EXAMPLES_SHOWN)
    refused = _by_hospital(connection, "refused.sql", **span, shown=REFUSED_SHOWN)
    return {
        org_code: HospitalDetail(
            org_code=org_code,
            days=tuple(_days(days[org_code], Period(quarter.first, as_of))),
            tables=_tables(tables[org_code], catalogue, quarter),
            findings=_findings(findings[org_code], catalogue, quarter),
            refused=tuple(_refused(refused[org_code])),
            refused_count=refused[org_code][0]["refused_count"] if refused[org_code] else 0,
            inapplicable=inapplicable.get(org_code, ()),
        )
        for org_code in sorted(tables)
    }


def _by_hospital(connection: DuckDBPyConnection, query: str, **parameters: object) -> Rows:
    found: dict[str, list[dict]] = defaultdict(list)
    for row in run_sql(connection, _FOLDER / query, **parameters).iter_rows(named=True):
        found[row.pop("org_code")].append(row)
    return found


def _days(rows: Iterable[dict], period: Period) -> Iterator[DayUpload]:
    known = {row["day"]: DayUpload(**row) for row in rows}
    for day in period.days():
        yield known.get(day) or DayUpload(day, is_expected=False, **dict.fromkeys(_DAY_COUNTS, 0))


def _tables(rows: Iterable[dict], catalogue: Catalogue, quarter: Quarter) -> tuple[TableUpload, ...]:
    known = {row.pop("table_code"): row for row in rows}
    if known.keys() != catalogue.tables.keys():
        raise PublicationError(
            f"{quarter} was scored with other tables than those of standard {catalogue.version}; "
            "run the quarter again."
        )
    return tuple(TableUpload(table, **known[code]) for code, table in catalogue.tables.items())


def _findings(rows: Iterable[dict], catalogue: Catalogue, quarter: Quarter) -> tuple[RuleFindings, ...]:
    try:
        return tuple(sorted((_rule_findings(row, catalogue) for row in rows), key=_gravity))
    except KeyError as error:
        raise PublicationError(
            f"{quarter} was checked with {error}, which standard {catalogue.version} does not have; "
            "run the quarter again."
        ) from error


def _rule_findings(row: dict, catalogue: Catalogue) -> RuleFindings:
    table = catalogue.deliverable[row["table_code"]]
    return RuleFindings(
        rule=catalogue.rules[row["rule_id"]],
        severity=row["severity"],
        table=table,
        column_name=row["column_name"],
        column_title=_column_title(table, row["column_name"]),
        count=row["findings"],
        examples=tuple(
            FindingExample(_without_personal_numbers(one["path"]), one["line"], _shown(one["value_masked"]))
            for one in row["examples"]
        ),
    )


def _column_title(table: Table, column_name: str | None) -> str:
    titles = (field.title_zh for field in table.fields if field.code == column_name)
    # A heading that the standard lacks is the file's own text: of a file without headings, a patient's row.
    return next(titles, _OUTSIDE_THE_STANDARD if column_name else "")


def _shown(value_masked: str | None) -> str | None:
    return None if value_masked is None else visible(value_masked)


def _gravity(one: RuleFindings) -> tuple[object, ...]:
    return (SEVERITIES.index(one.severity), -one.count, one.rule.id, one.table.no, one.column_name or "")


def _refused(rows: Iterable[dict]) -> Iterator[RefusedFile]:
    for row in rows:
        yield RefusedFile(row["upload_date"], _without_personal_numbers(row["path"]), row["reason"] or "")


def _without_personal_numbers(path: str) -> str:
    return _PERSONAL_NUMBER.sub(lambda match: f"{match[0][:3]}****{match[0][-2:]}", path)
