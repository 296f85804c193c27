import io
import re
from dataclasses import replace
from datetime import date, timedelta

import docx
import pytest

from xypipeline.publication.details.model import HospitalDetail
from xypipeline.publication.figures import QuarterFigures
from xypipeline.publication.rectification.grounds import has_notice
from xypipeline.publication.rectification.render import render_rectification
from xypipeline.publication.standing import HospitalStanding
from xypipeline_tests.publication.details import excused
from xypipeline_tests.publication.details.hospitals import (
    CATALOGUE,
    CODES,
    DETAILS,
    FIGURES,
    MISSED,
    REGISTRY,
    STANDINGS,
    UPLOADING_DETAIL,
    day,
    empty_detail,
    findings,
    tables,
)


@pytest.fixture(scope="module")
def notices() -> dict[str, bytes]:
    # In the second tier, so that there is a way up.
    second = replace(STANDINGS[0], tier=2, tables_uploaded=30)
    details = {**DETAILS, CODES[0]: replace(UPLOADING_DETAIL, tables=tables(30))}
    figures = replace(FIGURES, standings=(second, *STANDINGS[1:]))
    return render_rectification(figures, details, REGISTRY)


def paragraphs(notice: bytes) -> list[str]:
    return [one.text for one in docx.Document(io.BytesIO(notice)).paragraphs]


def grids(notice: bytes) -> list[list[list[str]]]:
    found = docx.Document(io.BytesIO(notice)).tables
    return [[[cell.text for cell in row.cells] for row in table.rows] for table in found]


def test_each_hospital_but_the_provinces_gets_a_word_file_and_a_page(notices: dict[str, bytes]) -> None:
    assert list(notices) == [
        f"rectification/{code}.{form}" for code in (CODES[0], CODES[1], CODES[3]) for form in ("docx", "html")
    ]


def test_a_notice_says_all_that_is_to_be_put_right(notices: dict[str, bytes]) -> None:
    assert paragraphs(notices[f"rectification/{CODES[0]}.docx"]) == [
        "全民健康信息平台互联互通整改通知单",
        "甲医院：",
        "截至2023年6月30日，2023年第二季度你院上传数据表30张（要求51张），完整率58.82%，属第二梯队；上传中断3天。"
        "现将需整改的问题通知如下，请于2023年7月30日前完成整改，并将整改情况报市卫生健康委科技信息科。",
        "一、未上传的表（21张）",
        "确未开展相应业务的，请书面说明情况并附依据；未经认定的，仍计为未上传。",
        "二、上传中断",
        "共 3 天：4月25日、6月29日至30日（2天）。",
        "三、数据质量问题（1,246处）",
        "致命：该行不计入；错误：计入但不合格。",
        "四、未接收的文件（3个）",
        "只列出最近的2个，另有1个。",
        "五、进入上一梯队的最短路径",
        "第一梯队须完整率达到60%，即至少31张表；你院再上传1张即可进入。"
        "建议先上传以下各表（同类医院上传较多的在前）：",
        "信阳市卫生健康委员会",
        "　　　　年　　月　　日",
    ]


def test_its_tables_say_what_is_missing_broken_and_refused(notices: dict[str, bytes]) -> None:
    missing, rules, refused, way_up = grids(notices[f"rectification/{CODES[0]}.docx"])
    table = CATALOGUE.tables["front_page"]

    assert len(missing) == 1 + 21
    assert missing[1] == [
        "1",
        f"{table.title_zh}\n{table.code}",
        "病案首页",
        "每次出院一份首页",
        "每日",
        "无住院业务的机构",
    ]
    assert rules[1:] == [
        [
            "致命",
            "G01 必填项不为空",
            "12",
            "患者基本信息·患者唯一标识号",
            "2023-06-28/411500001/patient_info.csv 第2行：（空）",
        ],
        [
            "错误",
            "G06 值域合规",
            "1,234",
            "医务人员信息·人员工号",
            "2023-06-28/411500001/staff.csv 第2行：<b>9</b>\n"
            "2023-06-28/411500001/staff.csv 第3行：转往（其他医院） （其他医院）\n"
            "2023-06-28/411500001/staff.csv 第4行：=1+1",
        ],
    ]
    assert refused[1:] == [
        ["2023-06-01", "2023-06-01/411500001/病历.doc", "文件类型不受支持"],
        ["2023-05-01", "2023-05-01/411500001/（其他医院）.csv", "文件名不是标准中的表"],
    ]
    assert way_up[1:] == [["1", "检验报告", "每份检验报告一行", "0", "0"]]


def test_an_unconnected_hospital_gets_a_form_with_its_own_deadline(notices: dict[str, bytes]) -> None:
    notice = notices[f"rectification/{CODES[3]}.docx"]

    assert paragraphs(notice)[2] == (
        "截至2023年6月30日，你院信息系统尚未与全民健康信息平台实现互联互通。请于2023年7月3日前填写下表，"
        "经所在单位卫生健康行政部门报市卫生健康委科技信息科。"
    )
    assert grids(notice) == [[["未联通原因", ""], ["下一步打算", ""], ["完成时间节点", ""]]]


def test_a_hospital_that_uploaded_nothing_is_shown_the_way_to_its_first_table(
    notices: dict[str, bytes],
) -> None:
    notice = notices[f"rectification/{CODES[1]}.docx"]

    assert "2023年第二季度你院未上传数据，属第四梯队。" in paragraphs(notice)[2]
    assert "第三梯队须有数据上传，即至少1张表；你院再上传1张即可进入。" in paragraphs(notice)[-3]
    # What the hospital of its kind uploads; every hospital owes it.
    assert grids(notice)[-1][1:] == [["1", "医疗机构信息", "每家医疗机构（含分院）一行", "1", "1"]]


def test_the_page_says_the_same_as_the_word_file(notices: dict[str, bytes]) -> None:
    for code in (CODES[0], CODES[1], CODES[3]):
        word, page = (notices[f"rectification/{code}.{form}"] for form in ("docx", "html"))
        text = page.decode().replace("&lt;", "<").replace("&gt;", ">")
        cells = [cell for grid in grids(word) for row in grid for cell in row]

        assert [one for one in (*paragraphs(word), *cells) if one not in text] == []
        assert re.findall(r"https?:|<script|\sstyle=", text) == []


def test_the_same_notice_gives_the_same_bytes() -> None:
    assert render_rectification(FIGURES, DETAILS, REGISTRY) == render_rectification(
        FIGURES, DETAILS, REGISTRY
    )


def test_characters_that_word_cannot_hold_are_left_out() -> None:
    odd = replace(UPLOADING_DETAIL, findings=(findings("G06", "error", "staff", 1, "a\x00b\x0bc"),))
    notice = render_rectification(FIGURES, {**DETAILS, CODES[0]: odd}, REGISTRY)

    assert grids(notice[f"rectification/{CODES[0]}.docx"])[1][1][4].endswith("abc")


def test_a_name_is_text_in_a_word_file_whatever_its_characters() -> None:
    standings = (replace(STANDINGS[0], hospital="<甲>&乙医院"), *STANDINGS[1:])
    notice = render_rectification(replace(FIGURES, standings=standings), DETAILS, REGISTRY)
    document = docx.Document(io.BytesIO(notice[f"rectification/{CODES[0]}.docx"]))

    assert document.paragraphs[1].text == "<甲>&乙医院："
    assert document.core_properties.title == "全民健康信息平台互联互通整改通知单 <甲>&乙医院"


def test_a_word_file_is_set_in_the_official_styles(notices: dict[str, bytes]) -> None:
    document = docx.Document(io.BytesIO(notices[f"rectification/{CODES[0]}.docx"]))
    header, first = document.tables[0].rows[:2]

    assert [one.style.name for one in document.paragraphs[:4]] == [
        "公文标题",
        "主送机关",
        "公文正文",
        "公文一级标题",
    ]
    assert [row.cells[0].paragraphs[0].style.name for row in (header, first)] == ["附件表头", "附件表格"]
    assert document.tables[0].style.name == "Table Grid"


BEST = replace(
    empty_detail(CODES[0], is_expected=True),
    tables=tables(len(CATALOGUE.tables)),
    days=tuple(day(date(2023, 4, 1) + timedelta(days=number), 1) for number in range(91)),
)


@pytest.mark.parametrize(
    ("standing", "detail", "expected"),
    [
        (STANDINGS[0], BEST, False),
        (STANDINGS[0], replace(BEST, findings=UPLOADING_DETAIL.findings[2:]), False),
        (STANDINGS[0], replace(BEST, findings=UPLOADING_DETAIL.findings[1:]), True),
        (STANDINGS[0], replace(BEST, tables=tables(50)), True),
        (STANDINGS[0], replace(BEST, days=(day(min(MISSED)),)), True),
        (STANDINGS[0], replace(BEST, refused_count=1), True),
        (STANDINGS[2], DETAILS[CODES[2]], False),
        (STANDINGS[3], replace(BEST, days=()), True),
    ],
    ids=[
        "nothing wrong",
        "hints only",
        "errors",
        "a table missing",
        "a day missed",
        "a file refused",
        "province",
        "unconnected",
    ],
)
def test_who_is_given_a_notice(standing: HospitalStanding, detail: HospitalDetail, expected: bool) -> None:
    assert has_notice(standing, detail) is expected


def test_the_deadline_is_the_policys() -> None:
    policy = replace(FIGURES.policy, deadlines={"unconnected_report_days": 3, "rectification_days": 46})
    figures = QuarterFigures(FIGURES.quarter, STANDINGS, policy)
    notice = render_rectification(figures, DETAILS, REGISTRY)[f"rectification/{CODES[0]}.docx"]

    assert "请于2023年8月15日前完成整改" in paragraphs(notice)[2]


def test_an_excused_table_is_not_asked_for_and_a_doubtful_entry_is() -> None:
    figures = replace(FIGURES, standings=(excused.STANDING, *STANDINGS[1:]))
    files = render_rectification(figures, {**DETAILS, CODES[0]: excused.DETAIL}, REGISTRY)
    notice = files[f"rectification/{CODES[0]}.docx"]
    asked_for, to_settle, *_ = grids(notice)

    headings = [one for one in paragraphs(notice) if one[1:2] == "、"]
    assert headings[:2] == ["一、未上传的表（19张）", "二、未开展登记须核实或续期（2项）"]
    assert f"另有1张表经登记未开展，不在此列：{excused.EXCUSED.title_zh}。" in paragraphs(notice)
    assert excused.EXCUSED.title_zh not in {row[1].partition("\n")[0] for row in asked_for}
    assert to_settle[1:] == [
        [
            excused.CONTRADICTED.title_zh,
            "2023-01-01\n至2023-07-15",
            "<b>与（其他医院）的协议</b>",
            "登记期内收到12行（5月1日至3日（3天）），与登记不符，请核实",
        ],
        [
            excused.EXCUSED.title_zh,
            "2023-01-01\n至2023-07-15",
            "批复1号",
            "将于2023-07-15到期，届时仍未开展的，请在到期前续期",
        ],
    ]


def test_who_lacks_only_what_it_is_excused_from_gets_no_notice() -> None:
    perfect = replace(
        excused.DETAIL,
        days=tuple(day(one.day, 1) for one in excused.DETAIL.days),
        tables=tuple(
            replace(one, is_applicable=False) if not one.is_present else one for one in excused.DETAIL.tables
        ),
        findings=(),
        refused_count=0,
        inapplicable=(),
    )

    assert not has_notice(excused.STANDING, perfect)
    assert has_notice(excused.STANDING, replace(perfect, inapplicable=excused.ENTRIES[:1]))
    assert has_notice(excused.STANDING, replace(perfect, inapplicable=excused.ENTRIES[1:]))
