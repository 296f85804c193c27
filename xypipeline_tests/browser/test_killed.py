"""All processes killed in the midst of a backfill, and started again."""

import shutil
from pathlib import Path

import pytest
from playwright.sync_api import Page

from xypipeline_tests.browser.ui import launch_backfill, needs_chromium, wait_for_success
from xypipeline_tests.browser.uploads import FIRST_DAY, LAST_DAY, QUARTER
from xypipeline_tests.end_to_end.installation import Installation
from xypipeline_tests.orchestration.server import Server, eventually, started

pytestmark = [pytest.mark.slow, pytest.mark.long, pytest.mark.xdist_group("browser"), needs_chromium]


def steps_at_work(server: Server) -> set[str]:
    answer = server.ask("{ runsOrError { ... on Runs { results { stepStats { stepKey status } } } } }")
    steps = [step for run in answer["runsOrError"]["results"] for step in run["stepStats"]]
    return {step["stepKey"] for step in steps if step["status"] == "IN_PROGRESS"}


@pytest.mark.usefixtures("backfill")
def test_a_killed_backfill_goes_on_by_itself_to_the_same_attachment(
    installation: Installation, page: Page, tmp_path: Path
) -> None:
    killed = Installation(tmp_path)
    shutil.copytree(installation.landing_dir, killed.landing_dir)
    with started(killed.data_dir) as server:
        backfill = launch_backfill(page, server.url, FIRST_DAY, LAST_DAY)
        eventually(lambda: "validated" in steps_at_work(server), 240)
        server.kill()

    with started(killed.data_dir) as server:
        page.goto(f"{server.url}/runs/b/{backfill}")
        wait_for_success(page)
        statuses = [run["status"] for run in server.runs() if run["tags"].get("dagster/backfill") == backfill]

    assert statuses == ["SUCCESS", "SUCCESS", "FAILURE"]
    assert killed.attachment_bytes(QUARTER) == installation.attachment_bytes(QUARTER)
