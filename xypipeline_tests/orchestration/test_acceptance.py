"""The suites are blocking checks of the standing, and nobody waits for Great Expectations but them."""

import subprocess
import sys

import dagster as dg
import pytest
from duckdb import DuckDBPyConnection

from xypipeline.orchestration.cut_off import CutOff
from xypipeline.orchestration.publishing import ATTACHMENT, publication, standing
from xypipeline.orchestration.resources import Platform
from xypipeline.publication.acceptance.verdict import SUITES
from xypipeline.scores import standing as scoring
from xypipeline.settings import Settings


def publish(instance: dg.DagsterInstance, *assets: dg.AssetsDefinition) -> dg.ExecuteInProcessResult:
    return dg.materialize(
        assets,
        instance=instance,
        partition_key="2023-04-01",
        resources={"platform": Platform(), "cut_off": CutOff()},
        raise_on_error=False,
    )


def test_sound_figures_pass_and_their_page_is_linked(
    instance: dg.DagsterInstance, settings: Settings
) -> None:
    result = publish(instance, standing)

    checks = {one.check_name: one.passed for one in result.get_asset_check_evaluations()}
    assert checks == {**dict.fromkeys(SUITES, True), "up_to_date": True, "applicability": True}
    (event,) = result.asset_materializations_for_node("standing")
    page = settings.data_docs_dir / "2023Q2" / "index.html"
    assert event.metadata["page"].value == str(page)
    assert "全部通过" in page.read_text("utf-8")


def test_a_falsified_figure_stops_publication_with_a_message_that_names_it(
    instance: dg.DagsterInstance, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    score = scoring.score_quarter

    def score_and_falsify(connection: DuckDBPyConnection, *arguments: object) -> object:
        frame = score(connection, *arguments)
        connection.execute("update scores.standing set tables_uploaded = 1 where seq = 1")
        return frame

    monkeypatch.setattr(scoring, "score_quarter", score_and_falsify)

    result = publish(instance, standing, publication)

    failed = {one.check_name: one for one in result.get_asset_check_evaluations() if not one.passed}
    assert set(failed) == {"within_bounds", "agrees_with_ledger", "attachment_agrees"}
    assert {(one.blocking, one.severity) for one in failed.values()} == {(True, dg.AssetCheckSeverity.ERROR)}
    assert failed["agrees_with_ledger"].description == "信阳市中心医院 上传表数量 1，台账合计 0"
    assert not result.success
    assert ATTACHMENT not in {one.asset_key for one in result.get_asset_materialization_events()}
    assert not (settings.publication_dir / "2023Q2").exists()


def test_definitions_load_without_great_expectations() -> None:
    code = "import sys, xypipeline.definitions; print('great_expectations' in sys.modules)"

    told = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)

    assert told.stdout.strip() == "False"
