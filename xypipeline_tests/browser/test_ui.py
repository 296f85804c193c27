"""What an engineer and a steward see and do in Dagster's UI."""

import re

import pytest
from playwright.sync_api import Page, expect

from xypipeline.standard.catalogue import current_catalogue
from xypipeline_tests.browser.ui import keep_picture, needs_chromium
from xypipeline_tests.browser.uploads import FAULTY_ID_NO, FAULTY_PHONE, PATIENT_NAME, QUARTER
from xypipeline_tests.end_to_end.installation import Installation
from xypipeline_tests.orchestration.landing import HOSPITAL
from xypipeline_tests.orchestration.server import Server

pytestmark = [pytest.mark.slow, pytest.mark.long, pytest.mark.xdist_group("browser"), needs_chromium]

PLACES = "nodes => nodes.map(node => [node.getBoundingClientRect().x, node.textContent])"
STAGES = ["landing", "raw", "validated", "scores", "publication"]


def test_the_five_stages_stand_from_left_to_right_and_open_into_domains(server: Server, page: Page) -> None:
    page.goto(f"{server.url}/asset-groups")
    groups = page.locator("foreignObject")
    expect(groups).to_have_count(len(STAGES))
    assert [name for _, name in sorted(groups.evaluate_all(PLACES))] == STAGES
    keep_picture(page, "graph", height=520)

    groups.filter(has_text="validated").dblclick()
    domains = "|".join({table.domain for table in current_catalogue().tables.values()})
    expect(groups.filter(has_text=re.compile(f"^({domains})$")).first).to_be_visible()


def test_a_quarter_backfilled_in_the_dialog_is_published(
    server: Server, installation: Installation, backfill: str
) -> None:
    runs = [run for run in server.runs() if run["tags"].get("dagster/backfill") == backfill]
    partitions = [
        {key.rpartition("/")[2]: value for key, value in run["tags"].items() if "partition" in key}
        for run in runs
    ]
    (uploaded,) = [row for row in installation.attachment(QUARTER)["rows"] if row["tables_uploaded"]]

    assert partitions == [
        {"partition": "2023-04-01"},
        {"asset_partition_range_start": "2023-04-01", "asset_partition_range_end": "2023-06-30"},
    ]
    assert (uploaded["org_code"], uploaded["tables_uploaded"], uploaded["rows_uploaded"]) == (
        HOSPITAL,
        3,
        276,
    )


@pytest.mark.usefixtures("backfill")
def test_a_check_shows_counts_and_masked_examples(server: Server, page: Page) -> None:
    page.goto(f"{server.url}/assets/validated/patient_info?view=checks&checkDetail=pandera")
    expect(page.get_by_text("收到 95 行，接收 94 行，合格 91 行")).to_be_visible()
    examples = page.get_by_role("row").filter(has_text=re.compile("^2023-04-03"))
    expect(examples).to_have_count(5)

    place = ["2023-04-03", "信阳市中心医院", "patient_info.csv"]
    assert [row.split("\t") for row in examples.all_inner_texts()] == [
        [*place, "3", "patient_id 患者唯一标识号", "G01", "（空）"],
        [*place, "4", "id_no 身份证件号码", "R06-01", "411*************2X"],
        [*place, "5", "phone 联系电话", "G03", "139****************90"],
        [*place, "5", "phone 联系电话", "G05", "139****************90"],
        [*place, "6", "sex_code 性别代码", "G06", "7"],
    ]
    shown = page.content()
    assert [text for text in (FAULTY_ID_NO, FAULTY_PHONE, PATIENT_NAME) if text in shown] == []
    keep_picture(page, "check", height=1220)


@pytest.mark.usefixtures("backfill")
def test_a_check_of_a_range_of_days_stands_once_in_its_history(server: Server, page: Page) -> None:
    page.goto(f"{server.url}/assets/validated/patient_info?view=checks&checkDetail=pandera")
    page.get_by_text("Execution history").click()

    header_and_one = page.get_by_role("row")
    expect(header_and_one).to_have_count(2)
    expect(header_and_one.last).to_contain_text("Failed")
