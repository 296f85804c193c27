import pandera.polars as pa
import polars as pl
import pytest
from pandera.errors import SchemaErrors

from xypipeline.scores.models import Ledger, Standing, TableStanding
from xypipeline.scores.store import create_tables
from xypipeline.warehouse import connect_in_memory
from xypipeline_tests.scores.uploads import april


def ledger_row(*counts: int) -> pl.DataFrame:
    """Rows received, accepted, qualified, fatal and new records of one delivery."""
    return pl.DataFrame(
        [("A", "staff", april(1), *counts)], schema=list(Ledger.to_schema().columns), orient="row"
    )


@pytest.mark.parametrize("model", [Ledger, Standing, TableStanding])
def test_a_stored_table_is_as_its_model_says(model: type[pa.DataFrameModel]) -> None:
    table = {Ledger: "ledger", Standing: "standing", TableStanding: "table_standing"}[model]
    connection = connect_in_memory()
    create_tables(connection)
    stored = connection.sql(f"select * from scores.{table}").pl().schema
    columns = model.to_schema().columns
    assert list(stored.items()) == [(name, column.dtype.type) for name, column in columns.items()]
    described = connection.execute(f"describe scores.{table}").fetchall()
    assert {name: null == "YES" for name, _, null, *_ in described} == {
        name: column.nullable for name, column in columns.items()
    }


def test_counts_that_agree_are_kept() -> None:
    assert Ledger.validate(ledger_row(5, 3, 3, 2, 3), lazy=True).equals(ledger_row(5, 3, 3, 2, 3))


@pytest.mark.parametrize(
    "counts",
    [
        pytest.param((5, 3, 4, 0, 0), id="more qualified than accepted"),
        pytest.param((5, 3, 3, 0, 4), id="more records than accepted"),
        pytest.param((5, 3, 3, 3, 0), id="more judged than received"),
        pytest.param((5, 3, 3, -1, 0), id="negative"),
    ],
)
def test_counts_that_contradict_each_other_are_refused(counts: tuple[int, ...]) -> None:
    with pytest.raises(SchemaErrors):
        Ledger.validate(ledger_row(*counts), lazy=True)
