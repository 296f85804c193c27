"""Dagster's UI as an engineer's hands and eyes meet it, in Debian's chromium."""

import os
import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect, sync_playwright

CHROMIUM = shutil.which("chromium")
needs_chromium = pytest.mark.skipif(CHROMIUM is None, reason="needs chromium: apt-get install chromium")
WIDTH, HEIGHT, NAVIGATION = 1600, 1000, 240
PATIENCE_MS = 60_000
BACKFILL_MS = 600_000
_OPTIONS = (
    "--no-sandbox --disable-gpu --disable-background-networking --disable-component-update "
    "--disable-sync --no-first-run"
)


@contextmanager
def opened_page() -> Iterator[Page]:
    """An empty tab, in the time zone of the hospitals."""
    expect.set_options(timeout=PATIENCE_MS)
    with (
        sync_playwright() as playwright,
        playwright.chromium.launch(executable_path=CHROMIUM, args=_OPTIONS.split()) as browser,
    ):
        page = browser.new_page(
            viewport={"width": WIDTH, "height": HEIGHT}, locale="en-GB", timezone_id="Asia/Shanghai"
        )
        page.set_default_timeout(PATIENCE_MS)
        yield page


def launch_backfill(page: Page, url: str, first_day: str, last_day: str) -> str:
    """Materialize everything for some days from the graph's dialog; give the backfill's id, on its page."""
    page.goto(f"{url}/asset-groups")
    page.get_by_role("button", name="Materialize all").click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_text("Show all partitions").click()
    chosen = dialog.get_by_role("textbox").first
    chosen.fill(f"[{first_day}...{last_day}]")
    chosen.press("Enter")
    dialog.get_by_role("button", name="Launch backfill").click()
    page.get_by_role("link", name="View", exact=True).click()
    page.wait_for_url("**/runs/b/*")
    return page.url.rpartition("/")[2]


def wait_for_success(page: Page) -> None:
    """On a backfill's page."""
    status = page.get_by_text("Status", exact=True).locator("..")
    expect(status).to_contain_text(re.compile("Succeeded|Failed|Completed|Canceled"), timeout=BACKFILL_MS)
    expect(status).to_contain_text("Succeeded")


def keep_picture(page: Page, name: str, height: int = HEIGHT) -> None:
    """For the documents, without the navigation at the left; only where `XY_SCREENSHOTS` names a folder."""
    if "XY_SCREENSHOTS" in os.environ:
        page.set_viewport_size({"width": WIDTH, "height": height})
        page.reload()
        page.wait_for_load_state("networkidle")
        page.wait_for_timeout(3000)
        content = {"x": NAVIGATION, "y": 0, "width": WIDTH - NAVIGATION, "height": height}
        page.screenshot(path=Path(os.environ["XY_SCREENSHOTS"]) / f"{name}.png", clip=content)
        page.set_viewport_size({"width": WIDTH, "height": HEIGHT})
