"""What an engineer sees and does in the UI, over the GraphQL that the UI speaks."""

import os
import time
from collections.abc import Iterator
from datetime import date

import pytest

from xypipeline.standard.catalogue import current_catalogue
from xypipeline_tests.end_to_end.installation import Installation
from xypipeline_tests.orchestration.landing import upload, upload_days
from xypipeline_tests.orchestration.server import SELECTOR, Server, eventually, started

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("server")]

DAYS = ["2023-04-01", "2023-04-02", "2023-04-03"]
LATE_DAY = DAYS[1]
RANGE_START, RANGE_END = "dagster/asset_partition_range_start", "dagster/asset_partition_range_end"


@pytest.fixture(scope="module")
def installation(tmp_path_factory: pytest.TempPathFactory) -> Installation:
    """Three days, taken in and published; then a file arrives for the second of them."""
    installation = Installation(tmp_path_factory.mktemp("server"))
    upload_days(installation.landing_dir, [date.fromisoformat(day) for day in DAYS])
    installation.must("run", f"{DAYS[0]}..{DAYS[-1]}")
    late = upload(installation.landing_dir, date.fromisoformat(LATE_DAY), "staff")
    an_hour_ago = time.time() - 3600
    os.utime(late, (an_hour_ago, an_hour_ago))
    return installation


@pytest.fixture(scope="module")
def server(installation: Installation) -> Iterator[Server]:
    with started(installation.data_dir) as server:
        yield server


def test_all_tables_checks_schedules_and_sensors_are_there(server: Server) -> None:
    tables = len(current_catalogue().tables)
    answer = server.ask(
        """query ($selector: RepositorySelector!) {
          assetNodes { groupName description owners { __typename } hasMaterializePermission
            assetChecksOrError { ... on AssetChecks { checks { name } } } }
          repositoryOrError(repositorySelector: $selector) { ... on Repository {
            schedules { name scheduleState { status } } sensors { name sensorState { status } } } } }""",
        selector=SELECTOR,
    )

    nodes = answer["assetNodes"]
    domains = [node["groupName"].partition("/")[0] for node in nodes if "/" in node["groupName"]]
    assert {stage: domains.count(stage) for stage in domains} == {"raw": tables, "validated": tables}
    assert {"landing", "scores", "publication"} <= {node["groupName"] for node in nodes}
    checks = [check["name"] for node in nodes for check in node["assetChecksOrError"].get("checks", [])]
    assert checks.count("pandera") == tables
    repository = answer["repositoryOrError"]
    running = {
        item["name"] for item in repository["schedules"] if item["scheduleState"]["status"] == "RUNNING"
    }
    assert {"daily_intake", "quarterly_draft"} <= running
    running = {item["name"] for item in repository["sensors"] if item["sensorState"]["status"] == "RUNNING"}
    assert {"late_files", "stale_scores", "abandoned_runs"} <= running


def test_a_late_file_leads_to_one_run_of_exactly_its_day(server: Server, installation: Installation) -> None:
    def late_runs() -> list[dict]:
        return [run for run in server.runs() if "xypipeline/late_files" in run["tags"]]

    eventually(lambda: [run for run in late_runs() if run["status"] == "SUCCESS"], 240)
    scored = eventually(
        lambda: [run for run in server.runs() if run["jobName"] == "score" and run["status"] == "SUCCESS"],
        240,
    )

    assert [run["tags"]["dagster/partition"] for run in late_runs()] == [LATE_DAY]
    assert [run["tags"]["dagster/partition"] for run in scored] == ["2023-04-01"]


def test_a_backfill_of_three_days_of_all_tables_is_one_run(server: Server) -> None:
    keys = [["landing", "arrival"]]
    keys += [[stage, code] for stage in ("raw", "validated") for code in current_catalogue().tables]
    launched = server.ask(
        """mutation ($backfill: LaunchBackfillParams!) { launchPartitionBackfill(backfillParams: $backfill) {
          __typename ... on LaunchBackfillSuccess { backfillId } ... on PythonError { message } } }""",
        backfill={"assetSelection": [{"path": key} for key in keys], "partitionNames": DAYS},
    )["launchPartitionBackfill"]

    def backfill_runs() -> list[dict]:
        return [run for run in server.runs() if run["tags"].get("dagster/backfill") == launched["backfillId"]]

    eventually(lambda: all(run["status"] == "SUCCESS" for run in backfill_runs()) and backfill_runs(), 240)
    assert [(run["tags"][RANGE_START], run["tags"][RANGE_END]) for run in backfill_runs()] == [
        (DAYS[0], DAYS[-1])
    ]
