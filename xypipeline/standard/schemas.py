"""What the catalogue makes of each table: its columns in the warehouse, and its Pandera schema."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import pandera.polars as pa
import polars as pl
from pandera.api.polars.types import PolarsData

from xypipeline.standard.model import Field, Table

DECLARED_ORG_CODE = "declared_org_code"
# What becomes of a row that is judged.
FATAL, ACCEPTED, QUALIFIED = "fatal", "accepted", "qualified"
VERDICTS = f"enum('{FATAL}', '{ACCEPTED}', '{QUALIFIED}')"
_LINEAGE = {"upload_date": "date", "org_code": "varchar", "path": "varchar", "line": "bigint"}
AS_DELIVERED = "as_delivered"
_UNTYPED_SUFFIX = "__untyped"
_PLACES_SUFFIX = "__places"


@dataclass(frozen=True)
class Breach:
    """How rows break a rule: the expression is true there (else false or null), over a conformed frame.

    The column is the one that a hospital should look at first.
    """

    column: str
    expression: pl.Expr


def raw_columns(table: Table) -> dict[str, str]:
    """Columns of `raw.<table>` in order, with their DuckDB types: lineage first, then every field as text.

    The row's own org_code is `declared_org_code`; `org_code` is the hospital that delivered it.
    """
    content = {field.code: "varchar" for field in content_fields(table)}
    return _LINEAGE | {DECLARED_ORG_CODE: "varchar"} | content


def validated_columns(table: Table) -> dict[str, str]:
    """Columns of `validated.<table>` in order, with their DuckDB types; holds accepted rows only."""
    content = {field.code: _duckdb_type(field) for field in content_fields(table)}
    return _LINEAGE | {"is_qualified": "boolean"} | content


def stored_columns(table: Table) -> dict[str, str]:
    """Columns of `stored.<table>` in order, with their DuckDB types: what `raw` and `validated` are views of.

    `in_raw`: false once `raw` holds another delivery of the day, or none any longer; `verdict`: null until
    the row is judged; then each field typed, how many decimal places were written of each decimal number, and
    `as_delivered`: by field the texts that the values do not give back.
    """
    state = {"in_raw": "boolean", "verdict": VERDICTS}
    fields = content_fields(table)
    content = {field.code: _duckdb_type(field) for field in fields}
    places = {places_column(field.code): "utinyint" for field in fields if field.type == "decimal"}
    texts = {AS_DELIVERED: "map(varchar, varchar)"}
    return _LINEAGE | {DECLARED_ORG_CODE: "varchar"} | state | content | places | texts


def content_fields(table: Table) -> tuple[Field, ...]:
    """The fields that the rows of a table bring: all but org_code, which the folder has settled."""
    return tuple(field for field in table.fields if field.code != "org_code")


def untyped_column(field_code: str) -> str:
    """The column of a conformed frame that holds a field's text where it could not be typed, else null."""
    return field_code + _UNTYPED_SUFFIX


def places_column(field_code: str) -> str:
    """The column of `stored.<table>` that tells how many decimal places were written of a field's number."""
    return field_code + _PLACES_SUFFIX


def polars_type(field: Field) -> pl.DataType:
    """The type of a field's values once they are typed."""
    match field.type:
        case "int":
            return pl.Int64()
        case "decimal":
            return pl.Decimal(field.length, field.precision)
        case "date":
            return pl.Date()
        case "datetime":
            return pl.Datetime("us")
        case _:
            return pl.String()


def pandera_schema(
    table: Table, breaches: Sequence[tuple[str, Breach]], tell: Callable[[Sequence[pl.Series]], None]
) -> pa.DataFrameSchema:
    """The schema of a conformed frame: of each column with a rule its type, and one check of all rules.

    One check for each rule or column would cost Pandera a millisecond apiece, whatever the number of rows. To
    Pandera the check says only whether all rows hold, so that no value ever gets into its exceptions.

    Args:
        table: the table that the rows belong to.
        breaches: rule ids, each with what breaks the rule.
        tell: called with the numbers of the rows that break each of them, from 0, when any does.

    Returns:
        A schema for eager frames (Pandera does not look at the rows of a LazyFrame). The check is named by
        the ids of the rules, `<rule id> <rule id>`.
    """
    types = {field.code: polars_type(field) for field in table.fields}
    judged = dict.fromkeys(breach.column for _, breach in breaches)
    columns = {name: pa.Column(types[name], nullable=True) for name in judged}
    return pa.DataFrameSchema(columns, checks=_check(breaches, tell), name=table.code)


def _check(breaches: Sequence[tuple[str, Breach]], tell: Callable[[Sequence[pl.Series]], None]) -> pa.Check:
    broken = [
        breach.expression.fill_null(value=False).arg_true().implode().alias(str(number))
        for number, (_, breach) in enumerate(breaches)
    ]

    # A closure: Pandera copies checks deeply at each validation, and would serialise a partial's expressions.
    def holds(data: PolarsData) -> bool:
        rows = [numbers for (numbers,) in data.lazyframe.select(broken).collect().iter_columns()]
        if all(numbers.is_empty() for numbers in rows):
            return True
        tell(rows)
        return False

    return pa.Check(holds, name=" ".join(dict.fromkeys(rule_id for rule_id, _ in breaches)))


def _duckdb_type(field: Field) -> str:
    match field.type:
        case "int":
            return "bigint"
        case "decimal":
            return f"decimal({field.length}, {field.precision})"
        case "date":
            return "date"
        case "datetime":
            return "timestamp"
        case _:
            return "varchar"
