from pathlib import Path

import dagster as dg
import pytest

from xypipeline.definitions import defs
from xypipeline.orchestration.jobs import SCORECARDS_JOB
from xypipeline.orchestration.resources import Platform
from xypipeline.orchestration.score_columns import STANDING
from xypipeline.orchestration.scorecards import SCORECARDS, scorecards
from xypipeline.periods import Quarter
from xypipeline.policy.policy import load_policy
from xypipeline.registry.institutions import current_registry
from xypipeline.scores.standing import score_quarter
from xypipeline.scores.store import create_tables as create_scores_tables
from xypipeline.standard.catalogue import current_catalogue
from xypipeline.validated.store import create_tables
from xypipeline.warehouse import open_warehouse

QUARTER = Quarter(2023, 2)


@pytest.fixture
def data_dir(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A scored quarter in which one hospital delivered one file."""
    monkeypatch.setenv("XY_DATA_DIR", str(tmp_path))
    with open_warehouse(tmp_path / "warehouse.duckdb") as connection:
        create_tables(connection, current_catalogue())
        create_scores_tables(connection)
        connection.execute(
            "insert into scores.ledger values ('411500001', 'patient_info', '2023-04-02', 5, 4, 3, 1, 4)"
        )
        policy = load_policy(QUARTER.year)
        score_quarter(connection, current_catalogue(), current_registry(), policy, QUARTER, QUARTER.last)
    return tmp_path


def test_a_quarters_scorecards_lie_beside_its_editions(data_dir: Path) -> None:
    result = dg.materialize(
        [dg.AssetSpec(STANDING), scorecards],
        resources={"platform": Platform()},
        partition_key=QUARTER.first.isoformat(),
    )
    folder = data_dir / "publication" / "scorecards" / "2023Q2"

    assert sorted(path.name for path in folder.iterdir()) == [
        "411500001.html",
        "411500001.xlsx",
        "tables.html",
        "tables.xlsx",
    ]
    (written,) = result.asset_materializations_for_node("scorecards")
    assert {name: value.value for name, value in written.metadata.items() if name != "folder"} == {
        "as_of": "2023-06-30",
        "hospitals": 1,
    }


def test_scorecards_have_a_job_of_their_own() -> None:
    job = defs.resolve_job_def(SCORECARDS_JOB)

    assert job.asset_layer.executable_asset_keys == {SCORECARDS}
