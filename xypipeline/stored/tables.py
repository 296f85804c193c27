"""The tables that rows lie in, and their views: `raw.<table>` shows the texts, `validated.<table>` values."""

from collections.abc import Mapping
from datetime import date

import polars as pl
from duckdb import DuckDBPyConnection

from xypipeline.errors import WarehouseError
from xypipeline.standard.model import LINEAGE_COLUMNS, Catalogue, Field, Table
from xypipeline.standard.schemas import (
    AS_DELIVERED,
    DECLARED_ORG_CODE,
    FATAL,
    QUALIFIED,
    content_fields,
    places_column,
    stored_columns,
)
from xypipeline.warehouse import quoted

_IS_ACCEPTED = f"verdict <> '{FATAL}'"
_OLD_FORM = (
    "The warehouse keeps its rows as an earlier version did; move the file elsewhere, and take the days in "
    "again from landing."
)
_LINEAGE = ", ".join(LINEAGE_COLUMNS)


def create_tables(connection: DuckDBPyConnection, catalogue: Catalogue) -> None:
    """Create one table per deliverable table, and its two views, where they are missing.

    A column that the standard has got since is added.

    Raises:
        WarehouseError: an earlier version kept the rows of each stage by themselves.
    """
    existing = _columns(connection)
    for table in catalogue.deliverable.values():
        wanted, found = stored_columns(table), existing.get(("stored", table.code), frozenset())
        if ("raw", table.code) in existing and not found:
            raise WarehouseError(_OLD_FORM)
        if wanted.keys() - found:
            _create(connection, table, wanted, found)


def _create(
    connection: DuckDBPyConnection, table: Table, wanted: Mapping[str, str], found: frozenset[str]
) -> None:
    columns = {quoted(column): type_ for column, type_ in wanted.items() if column not in found}
    name = quoted(stored(table.code))
    if found:
        for column, type_ in columns.items():
            connection.execute(f"alter table {name} add column {column} {type_}")
    else:
        listed = ", ".join(f"{column} {type_}" for column, type_ in columns.items())
        connection.execute(f"create table {name} ({listed})")
    for stage, query in (("raw", _as_text(table)), ("validated", _typed(table))):
        connection.execute(f"create or replace view {quoted(f'{stage}.{table.code}')} as {query}")


def stored(table_code: str) -> str:
    """The table that a table's rows lie in, to be quoted."""
    return f"stored.{table_code}"


def accepted_rows(table_code: str) -> str:
    """A query of a table's accepted rows, each with its place among the stored ones as `row_id`."""
    return f"select rowid as row_id, * from {quoted(stored(table_code))} where {_IS_ACCEPTED}"


def days_in_raw(connection: DuckDBPyConnection, table: Table, first: date, last: date) -> set[date]:
    """The days from first to last of which `raw` shows rows."""
    name = quoted(stored(table.code))
    query = f"select distinct upload_date from {name} where upload_date between $first and $last and in_raw"
    return {day for (day,) in connection.execute(query, {"first": first, "last": last}).fetchall()}


def forget_texts(connection: DuckDBPyConnection, table: Table, first: date, last: date) -> int:
    """Take what was uploaded on the days out of `raw`; what `validated` shows stays.

    Returns:
        How many rows `raw` showed.
    """
    if not days_in_raw(connection, table, first, last):
        # As when they come in: three statements that change nothing would take several times as long.
        return 0
    name, days = quoted(stored(table.code)), {"first": first, "last": last}
    of_the_days = "upload_date between $first and $last and in_raw"
    dropped = f"delete from {name} where {of_the_days} and (verdict is null or verdict = '{FATAL}')"
    # By itself, since DuckDB writes a row anew to change a map.
    blanked = f"update {name} set {AS_DELIVERED} = null where {of_the_days} and {AS_DELIVERED} is not null"
    kept = f"update {name} set in_raw = false where {of_the_days}"
    rows, _, others = (
        connection.execute(change, days).fetchall()[0][0] for change in (dropped, blanked, kept)
    )
    return rows + others


def begin_judging(connection: DuckDBPyConnection, table: Table, first: date, last: date) -> None:
    """Let `validated` show what `raw` does of the days, each row as qualified until it is told otherwise."""
    name, days = quoted(stored(table.code)), {"first": first, "last": last}
    of_the_days = "upload_date between $first and $last"
    connection.execute(f"delete from {name} where {of_the_days} and not in_raw", days)
    connection.execute(f"update {name} set verdict = '{QUALIFIED}' where {of_the_days}", days)


def give_verdicts(connection: DuckDBPyConnection, table: Table, verdicts: pl.DataFrame) -> None:
    """Note what became of rows that are not qualified: upload_date, path, line, verdict of each."""
    if verdicts.is_empty():
        return
    days = {"first": verdicts["upload_date"].min(), "last": verdicts["upload_date"].max()}
    connection.execute(
        f"update {quoted(stored(table.code))} as row set verdict = judged.verdict from verdicts as judged "
        "where row.path = judged.path and row.line = judged.line and row.in_raw "
        "and row.upload_date between $first and $last",
        days,
    )


def _columns(connection: DuckDBPyConnection) -> dict[tuple[str, str], frozenset[str]]:
    query = (
        "select table_schema, table_name, list(column_name) from information_schema.columns "
        "where table_schema in ('stored', 'raw') group by all"
    )
    found = connection.execute(query).fetchall()
    return {(schema, name): frozenset(columns) for schema, name, columns in found}


def _as_text(table: Table) -> str:
    texts = ", ".join(f"{_text(field)} as {quoted(field.code)}" for field in content_fields(table))
    return f"select {_LINEAGE}, {DECLARED_ORG_CODE}, {texts} from {quoted(stored(table.code))} where in_raw"


def _text(field: Field) -> str:
    written = f"{quoted(field.code)}::varchar"
    if field.type == "decimal" and field.precision:
        # What was not written goes, and without places the point, too.
        places = quoted(places_column(field.code))
        written = f"left({written}, length({written}) - ({field.precision} - {places}) - ({places} = 0)::int)"
    return f"coalesce({AS_DELIVERED}['{field.code}'], {written})"


def _typed(table: Table) -> str:
    values = ", ".join(quoted(field.code) for field in content_fields(table))
    return (
        f"select {_LINEAGE}, verdict = '{QUALIFIED}' as is_qualified, {values} "
        f"from {quoted(stored(table.code))} where {_IS_ACCEPTED}"
    )
