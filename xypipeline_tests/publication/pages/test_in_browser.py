"""The pages as people use them: in a real browser, from a folder, with the network off."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from xypipeline.publication.pages.render import render_pages
from xypipeline_tests.publication.details.hospitals import CODES, FIGURES
from xypipeline_tests.publication.pages.site import dossiers, write

CHROMIUM = Path("/usr/bin/chromium")
playwright = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
pytestmark = pytest.mark.skipif(not CHROMIUM.exists(), reason=f"there is no browser at {CHROMIUM}")


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("site")
    write(render_pages(FIGURES, dossiers()), folder)
    return folder


@pytest.fixture(scope="module")
def browser() -> Iterator["playwright.Browser"]:
    with playwright.sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield browser
        browser.close()


@pytest.fixture
def page(browser: "playwright.Browser") -> Iterator["playwright.Page"]:
    """A page that may read files, and whose every complaint and other request fails the test."""
    context = browser.new_context(offline=True)
    page = context.new_page()
    wrong: list[str] = []
    page.on("request", lambda request: None if request.url.startswith("file:") else wrong.append(request.url))
    page.on("console", lambda message: wrong.append(message.text))
    page.on("pageerror", lambda error: wrong.append(str(error)))
    yield page
    context.close()
    assert wrong == []


def hospitals(page: "playwright.Page") -> list[str]:
    return page.locator("#attachment tbody tr:visible td:nth-child(3)").all_inner_texts()


def sort_by(page: "playwright.Page", title: str) -> None:
    page.locator("#attachment th button", has_text=title).click()


def test_a_click_on_a_title_sorts_and_blanks_stay_last(page: "playwright.Page", site: Path) -> None:
    page.goto((site / "attachment.html").as_uri())
    assert hospitals(page) == ["甲医院", "乙医院", "丙医院", "丁医院"]

    sort_by(page, "名次")
    assert hospitals(page) == ["甲医院", "乙医院", "丁医院", "丙医院"]
    sort_by(page, "名次")
    assert hospitals(page) == ["丁医院", "乙医院", "甲医院", "丙医院"]
    assert page.locator("th[aria-sort]").inner_text().startswith("名次")
    sort_by(page, "医院名称")
    # In the order of pinyin: bing, ding, jia, yi.
    assert hospitals(page) == ["丙医院", "丁医院", "甲医院", "乙医院"]


def test_filters_narrow_each_other(page: "playwright.Page", site: Path) -> None:
    page.goto((site / "attachment.html").as_uri())
    page.select_option("#district", "新县")
    assert hospitals(page) == ["丙医院", "丁医院"]
    page.fill("#text", CODES[3])
    assert hospitals(page) == ["丁医院"]
    assert page.inner_text("#shown") == "1"
    page.fill("#text", "")
    page.select_option("#tier", "第一梯队")
    assert hospitals(page) == []
    page.select_option("#district", "")
    assert hospitals(page) == ["甲医院"]
    page.select_option("#tier", "不分梯队")
    assert hospitals(page) == ["丙医院", "丁医院"]


def test_enter_in_the_search_field_keeps_the_page(page: "playwright.Page", site: Path) -> None:
    page.goto((site / "attachment.html").as_uri())
    page.fill("#text", "乙")
    page.press("#text", "Enter")
    assert hospitals(page) == ["乙医院"]


def test_a_figure_leads_to_its_explanation(page: "playwright.Page", site: Path) -> None:
    page.goto((site / "attachment.html").as_uri())
    page.click("#attachment tbody tr:first-child td:nth-child(4) a")
    page.wait_for_url(f"**/hospitals/{CODES[0]}.html#tables_uploaded")

    assert page.inner_text("h1") == "甲医院"
    assert page.locator("details[open]").evaluate_all("all => all.map(one => one.id)") == ["tables_uploaded"]
    assert page.locator("#tables_uploaded p.code").all_inner_texts() == ["上传表数量 = 31"]
    page.click(".totals a[href='#rank']")
    page.wait_for_selector("#rank[open]")
    page.click("nav a")
    page.wait_for_url("**/attachment.html")


def test_a_rule_opens_its_examples(page: "playwright.Page", site: Path) -> None:
    page.goto((site / "hospitals" / f"{CODES[0]}.html").as_uri())
    assert not page.get_by_text("staff.csv 第 2 行：<b>9</b>").is_visible()
    page.get_by_text("G06").click()
    assert page.get_by_text("staff.csv 第 2 行：<b>9</b>").is_visible()


@pytest.mark.parametrize("width", [1280, 794, 390], ids=["desktop", "A4", "phone"])
def test_nothing_runs_off_the_page(page: "playwright.Page", site: Path, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 900})
    for name in ("attachment.html", f"hospitals/{CODES[0]}.html"):
        page.goto((site / name).as_uri())
        assert page.evaluate("document.documentElement.scrollWidth") <= width
