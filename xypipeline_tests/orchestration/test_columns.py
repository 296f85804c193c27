from importlib.resources import files

import dagster as dg
import pytest

from xypipeline.definitions import defs
from xypipeline.orchestration.columns import raw_schema, validated_lineage, validated_schema
from xypipeline.orchestration.publishing import ATTACHMENT
from xypipeline.orchestration.score_columns import LEDGER, STANDING
from xypipeline.publication.attachment import COLUMNS
from xypipeline.scores.models import Ledger, Standing
from xypipeline.standard.catalogue import current_catalogue
from xypipeline.standard.model import Table
from xypipeline.standard.schemas import raw_columns, validated_columns

GRAPH = defs.resolve_asset_graph()


def names(schema: dg.TableSchema) -> list[str]:
    return [column.name for column in schema.columns]


def metadata(key: dg.AssetKey, name: str) -> dg.TableSchema | dg.TableColumnLineage:
    return GRAPH.get(key).metadata[f"dagster/{name}"]


@pytest.mark.parametrize("table", current_catalogue().tables.values(), ids=lambda table: table.code)
def test_the_columns_shown_are_those_of_the_warehouse(table: Table) -> None:
    assert names(raw_schema(table)) == list(raw_columns(table))
    assert names(validated_schema(table)) == list(validated_columns(table))
    assert set(validated_lineage(table).deps_by_column) == set(validated_columns(table)) - {"is_qualified"}


def test_the_columns_of_scores_and_attachment_are_those_of_their_models() -> None:
    assert names(metadata(LEDGER, "column_schema")) == list(Ledger.to_schema().columns)
    assert names(metadata(STANDING, "column_schema")) == list(Standing.to_schema().columns)
    assert names(metadata(ATTACHMENT, "column_schema")) == list(COLUMNS)


def test_only_what_the_warehouse_lets_be_null_is_shown_as_such() -> None:
    schema = files("xypipeline.scores").joinpath("schema.sql").read_text(encoding="utf-8")
    for key in (LEDGER, STANDING):
        table = schema.partition(f"scores.{key.path[-1]} (")[2].partition(");")[0]
        nullable = [line.split()[0] for line in table.strip().splitlines() if "not null" not in line]
        columns = metadata(key, "column_schema").columns
        assert [column.name for column in columns if column.constraints.nullable] == nullable


def test_lineage_names_columns_that_exist() -> None:
    for key, source in ((STANDING, LEDGER), (ATTACHMENT, STANDING)):
        known = names(metadata(source, "column_schema"))
        for column, sources in metadata(key, "column_lineage").deps_by_column.items():
            assert column in names(metadata(key, "column_schema"))
            assert {(dep.asset_key, dep.column_name in known) for dep in sources} == {(source, True)}


def test_where_a_column_comes_from_stands_in_words_too() -> None:
    columns = {column.name: column for column in metadata(STANDING, "column_schema").columns}
    patients = metadata(dg.AssetKey(["validated", "patient_info"]), "column_schema")

    assert columns["rows_uploaded"].description.endswith("（源自 scores.ledger：records_new）")
    assert columns["seq"].description == "附件中的序号"
    assert patients.constraints.other[-1] == "除 is_qualified 外，各列源自 raw.patient_info 的同名列"


def test_every_asset_says_what_it_is_and_who_owns_it() -> None:
    ours = [
        node for node in GRAPH.asset_nodes if node.key.path[0] in ("landing", "raw", "validated", "scores")
    ]

    assert all(node.description and node.owners and node.kinds for node in ours)
    assert {node.group_name.partition("/")[0] for node in ours} == {"landing", "raw", "validated", "scores"}
