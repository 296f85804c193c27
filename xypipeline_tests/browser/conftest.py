from collections.abc import Iterator

import pytest
from playwright.sync_api import Page

from xypipeline_tests.browser.ui import keep_picture, launch_backfill, opened_page, wait_for_success
from xypipeline_tests.browser.uploads import FIRST_DAY, LAST_DAY, upload_quarter
from xypipeline_tests.end_to_end.installation import Installation
from xypipeline_tests.orchestration.server import Server, started


@pytest.fixture(scope="session")
def page() -> Iterator[Page]:
    with opened_page() as page:
        yield page


@pytest.fixture(scope="session")
def installation(tmp_path_factory: pytest.TempPathFactory) -> Installation:
    """A quarter of uploads, nothing taken in yet."""
    installation = Installation(tmp_path_factory.mktemp("browser"))
    upload_quarter(installation.landing_dir)
    return installation


@pytest.fixture(scope="session")
def server(installation: Installation) -> Iterator[Server]:
    with started(installation.data_dir) as server:
        yield server


@pytest.fixture(scope="session")
def backfill(server: Server, page: Page) -> str:
    """The quarter, backfilled in the UI: the id."""
    backfill_id = launch_backfill(page, server.url, FIRST_DAY, LAST_DAY)
    wait_for_success(page)
    keep_picture(page, "backfill", height=520)
    return backfill_id
