from collections.abc import Sequence

import polars as pl
import pytest
from pandera.errors import SchemaErrors

from xypipeline.standard.catalogue import current_catalogue
from xypipeline.standard.schemas import (
    Breach,
    content_fields,
    pandera_schema,
    polars_type,
    raw_columns,
    validated_columns,
)
from xypipeline.warehouse import connect_in_memory, quoted

TABLES = current_catalogue().tables.values()
LINEAGE = {"upload_date": "date", "org_code": "varchar", "path": "varchar", "line": "bigint"}


def test_raw_columns_are_lineage_then_fields_as_text():
    columns = raw_columns(current_catalogue().tables["exam_image_index"])
    assert dict(list(columns.items())[:6]) == LINEAGE | {
        "declared_org_code": "varchar",
        "study_uid": "varchar",
    }
    assert set(list(columns.values())[4:]) == {"varchar"}


def test_validated_columns_are_lineage_then_fields_typed():
    columns = validated_columns(current_catalogue().tables["inpatient_settlement"])
    assert list(columns.items())[:5] == [*LINEAGE.items(), ("is_qualified", "boolean")]
    assert {
        name: columns[name] for name in ("settlement_id", "charge_time", "fee_end_date", "total_amount")
    } == {
        "settlement_id": "varchar",
        "charge_time": "timestamp",
        "fee_end_date": "date",
        "total_amount": "decimal(12, 2)",
    }


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.code)
def test_every_field_has_a_column_that_duckdb_reads_back_as_its_type(table):
    columns = validated_columns(table)
    with connect_in_memory() as connection:
        text = ", ".join(f"{quoted(name)} {type_}" for name, type_ in columns.items())
        connection.execute(f"create table typed ({text})")
        schema = connection.sql("from typed").pl().schema
    assert {field.code: schema[field.code] for field in content_fields(table)} == {
        field.code: polars_type(field) for field in content_fields(table)
    }


def _frame(table) -> pl.DataFrame:
    types = {field.code: polars_type(field) for field in content_fields(table)}
    columns = {"org_code": pl.String, "declared_org_code": pl.String} | types
    return pl.DataFrame(schema=columns).clear(2).with_columns(sex_code=pl.Series(["1", "7"]))


def test_pandera_catches_bad_rows_without_their_values_and_their_numbers_are_told():
    table = current_catalogue().tables["patient_info"]
    sex = pl.col("sex_code")
    breaches = [("G01", Breach("sex_code", sex.is_null())), ("G06", Breach("sex_code", sex == "7"))]
    told: list[pl.Series] = []
    with pytest.raises(SchemaErrors) as caught:
        pandera_schema(table, breaches, told.extend).validate(_frame(table), lazy=True)
    cases = caught.value.failure_cases
    assert cases.select("check", "column", "failure_case").rows() == [("G01 G06", "patient_info", False)]
    assert [rows.to_list() for rows in told] == [[], [1]]


def _never(rows: Sequence[pl.Series]) -> None:
    raise AssertionError(f"told of {rows}")


def test_rows_of_a_lazy_frame_are_not_looked_at():
    # Pandera's doing; the reason why only eager frames are judged. If this fails, it has learnt to.
    table = current_catalogue().tables["patient_info"]
    schema = pandera_schema(table, [("G06", Breach("sex_code", pl.col("sex_code") == "7"))], _never)
    assert schema.validate(_frame(table).lazy(), lazy=True).collect().height == 2


def test_a_column_of_another_type_does_not_fit():
    table = current_catalogue().tables["patient_info"]
    schema = pandera_schema(table, [("G01", Breach("birth_date", pl.col("birth_date") == "7"))], _never)
    frame = _frame(table).with_columns(birth_date=pl.lit("1990-01-01"))
    with pytest.raises(SchemaErrors, match="birth_date"):
        schema.validate(frame, lazy=True)
