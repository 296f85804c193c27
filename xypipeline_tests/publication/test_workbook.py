import io
from dataclasses import replace
from datetime import datetime

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from xypipeline.policy.policy import Policy
from xypipeline.publication.attachment import compose_attachment
from xypipeline.publication.overview import survey
from xypipeline.publication.standing import HospitalStanding
from xypipeline.publication.workbook import workbook_bytes
from xypipeline_tests.publication.city import CITY, SILENT, UPLOADING


def write(standings: tuple[HospitalStanding, ...], policy: Policy) -> bytes:
    return workbook_bytes(compose_attachment(standings, policy.decimals), survey(standings, policy))


def values(sheet: Worksheet, first: int, last: int) -> list[list[object]]:
    return [[cell.value for cell in row] for row in sheet.iter_rows(min_row=first, max_row=last)]


@pytest.fixture
def workbook(policy: Policy) -> Workbook:
    return load_workbook(io.BytesIO(write(CITY, policy)))


def test_the_official_form_has_its_title_and_two_header_rows(workbook: Workbook) -> None:
    sheet = workbook["附件"]

    assert values(sheet, 1, 4) == [
        ["附件", *[None] * 8],
        ["全市公立医院与全民健康信息平台互联互通情况统计", *[None] * 8],
        [
            "序号",
            "地区",
            "医院名称",
            "数据完整性",
            None,
            "已上传数据量",
            "4-6月数据连续性情况（天）",
            None,
            "备注",
        ],
        [
            *[None] * 3,
            "上传表数量（共51张表）",
            "数据完整率(%)",
            None,
            "上传中断天数",
            "最近上传日期",
            None,
        ],
    ]


def test_the_official_form_merges_headers_and_districts(workbook: Workbook) -> None:
    assert {str(cells) for cells in workbook["附件"].merged_cells.ranges} == {
        *("A2:I2", "A3:A4", "B3:B4", "C3:C4", "D3:E3", "F3:F4", "G3:H3", "I3:I4"),
        *("B5:B6", "B7:B8"),
        *("A9:I9", "A10:I10", "A11:I11"),
    }


def test_the_official_form_has_one_row_per_hospital_and_its_footnotes(workbook: Workbook) -> None:
    sheet = workbook["附件"]

    assert values(sheet, 5, 8) == [
        [1, "市直", "甲医院", 31, 60.78, 1000, 3, datetime(2023, 6, 29), None],
        [2, None, "乙医院", None, None, None, None, None, "未上传数据"],
        [3, "新县", "丙医院", None, None, None, None, None, "已联通省全民健康信息平台"],
        [4, None, "丁医院", None, None, None, None, None, "未联通"],
    ]
    assert sheet["A9"].value == "注：统计时间截至2023年6月30日，统计上传表类别按照规定的51张表内容统计。"
    assert sheet["A10"].value.startswith("上传中断天数：应上传之日")
    assert (sheet["E5"].number_format, sheet["F5"].number_format) == ("0.00", "0")


@pytest.mark.parametrize(
    ("name", "frozen", "repeated"),
    [("附件", "D5", "$3:$4"), ("排名", "C3", "$2:$2"), ("地区汇总", "B3", "$2:$2")],
)
def test_each_sheet_is_printed_on_a4_landscape_with_its_header_repeated(
    workbook: Workbook, name: str, frozen: str, repeated: str
) -> None:
    sheet = workbook[name]

    assert (sheet.page_setup.orientation, sheet.page_setup.paperSize) == ("landscape", 9)
    # One page wide is the default, which the file leaves out; 0 is as many pages long as it takes.
    assert (sheet.page_setup.fitToWidth or 1, sheet.page_setup.fitToHeight) == (1, 0)
    assert sheet.sheet_properties.pageSetUpPr.fitToPage
    assert (sheet.freeze_panes, sheet.print_title_rows) == (frozen, repeated)
    assert "第 &P 页" in sheet.oddFooter.center.text


def test_the_ranking_is_sorted_by_rank_and_the_unranked_come_last(policy: Policy) -> None:
    reordered = (replace(SILENT, seq=1), replace(UPLOADING, seq=2), *CITY[2:])
    sheet = load_workbook(io.BytesIO(write(reordered, policy)))["排名"]

    assert values(sheet, 2, 6) == [
        [
            *("名次", "医院", "地区", "梯队", "综合得分", "上传表数量（共51张表）", "数据完整率(%)"),
            *("已上传数据量", "上传中断天数", "合格率(%)", "最近上传日期", "备注"),
        ],
        [1, "甲医院", "市直", "第一梯队", 32.16, 31, 60.78, 1000, 3, 99.94, datetime(2023, 6, 29), None],
        [2, "乙医院", "市直", "第四梯队", 10, *[None] * 6, "未上传数据"],
        [3, "丁医院", "新县", None, 0, *[None] * 6, "未联通"],
        [None, "丙医院", "新县", None, None, *[None] * 6, "已联通省全民健康信息平台"],
    ]


def test_districts_are_summed_with_the_city_below(workbook: Workbook) -> None:
    assert values(workbook["地区汇总"], 2, 5) == [
        [
            *("地区", "医院数", "已联通市平台", "已联通省平台", "未联通", "已上传数据医院"),
            *("第一梯队", "第二梯队", "第三梯队", "第四梯队", "连续性良好医院", "已上传数据量", "合格率(%)"),
        ],
        ["市直", 2, 2, 0, 0, 1, 1, 0, 0, 1, 1, 1000, 99.94],
        ["新县", 2, 0, 1, 1, 0, 0, 0, 0, 0, 0, 0, None],
        ["全市", 4, 2, 1, 1, 1, 1, 0, 0, 1, 1, 1000, 99.94],
    ]


def test_a_district_of_one_hospital_is_a_cell_of_its_own(policy: Policy) -> None:
    sheet = load_workbook(io.BytesIO(write((UPLOADING,), policy)))["附件"]

    assert sheet["B5"].value == "市直"
    assert not any("B5" in cells for cells in sheet.merged_cells.ranges)


@pytest.mark.parametrize("name", ["=1+1", "@SUM(A1)", "https://example.com", "0123"])
def test_a_name_is_text_whatever_it_looks_like(policy: Policy, name: str) -> None:
    cell = load_workbook(io.BytesIO(write((replace(UPLOADING, hospital=name),), policy)))["附件"]["C5"]

    assert (cell.value, cell.data_type, cell.hyperlink) == (name, "s", None)


def test_the_same_figures_give_the_same_bytes(policy: Policy) -> None:
    assert write(CITY, policy) == write(CITY, policy)
