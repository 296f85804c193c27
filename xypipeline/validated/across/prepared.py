"""What the queries of the rules use beside the tables: made for each connection that runs them."""

from collections.abc import Mapping
from datetime import date, timedelta
from importlib.resources import files

import polars as pl
from duckdb import DuckDBPyConnection

from xypipeline.registry.model import Registry
from xypipeline.standard.model import Catalogue
from xypipeline.validated.across.arrivals import Arrivals, read_arrivals
from xypipeline.warehouse import insert_frame

_SCHEMA = files("xypipeline.validated.across") / "schema.sql"


def prepare(connection: DuckDBPyConnection, catalogue: Catalogue) -> Arrivals:
    """Create what the queries of the rules use beside the tables, but for the days expected."""
    connection.execute(_SCHEMA.read_text(encoding="utf-8"))
    diseases = [(one.code, one.class_code, one.title_zh) for one in catalogue.notifiable_diseases]
    columns = ["icd_code", "infect_class_code", "disease_name"]
    insert_frame(connection, "notifiable_disease", pl.DataFrame(diseases, columns, orient="row"))
    return read_arrivals(connection)


def expect_uploads(connection: DuckDBPyConnection, registry: Registry, begin: date, newest: date) -> None:
    """Create `expected` and `excused`, in the whole months around the days judged.

    `expected`: when each hospital should upload; `excused`: which tables it need not upload when.
    """
    first, last = begin.replace(day=1), newest + timedelta(days=6)
    expected = [
        (institution.org_code, day)
        for institution in registry.institutions
        for day in registry.expected_days(institution.org_code, first, last)
    ]
    excused = list(registry.excused_days(first, last))
    _fill(connection, "expected", {"org_code": "varchar", "expected_date": "date"}, expected)
    columns = {"org_code": "varchar", "table_code": "varchar", "excused_date": "date"}
    _fill(connection, "excused", columns, excused)


def _fill(connection: DuckDBPyConnection, name: str, columns: Mapping[str, str], rows: list[tuple]) -> None:
    listed = ", ".join(f"{column} {type_}" for column, type_ in columns.items())
    connection.execute(f"create or replace temp table {name} ({listed})")
    insert_frame(connection, name, pl.DataFrame(rows, list(columns), orient="row"))
