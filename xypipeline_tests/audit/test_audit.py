"""Contradictions within prose, within the attachment, and between the two."""

from dataclasses import replace
from datetime import date

import pytest

from xypipeline.audit.audit import audit_document
from xypipeline.audit.claims import Claim, Verdict
from xypipeline.audit.published import HospitalFigures
from xypipeline.audit.reading import read_document_bytes
from xypipeline_tests.audit.city import BULLETIN, FIGURES, PROSE, ROWS, table_of


def contradictions(text: str) -> list[tuple]:
    audit = audit_document(read_document_bytes("通报.txt", text.encode()))
    return [(one.subject, one.note or one.found) for one in audit.contradictions]


def changed(old: str, new: str, text: str = PROSE) -> str:
    assert old in text
    return text.replace(old, new, 1)


def with_row(hospital: str, figures: dict) -> str:
    rows = tuple(replace(row, **figures) if row.hospital == hospital else row for row in ROWS)
    return PROSE + table_of(rows)


def test_prose_without_an_attachment_is_held_against_itself() -> None:
    assert contradictions(PROSE) == []


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        (
            "共有9家公立医院接入",
            "共有8家公立医院接入",
            ("接入（互联互通）医院家数", "共 10 家，正文列未联通 1 家，应接入 9 家"),
        ),
        ("接入率90%", "接入率91%", ("接入率", "按正文 9/10＝90.0%")),
        ("分为四个梯队", "分为三个梯队", ("梯队个数", "文中列有第一梯队、第二梯队、第三梯队、第四梯队")),
        (
            "乙县中医院、乙县为民医院等2所医院，缺失",
            "乙县中医院、乙县为民医院、乙县人民医院等3所医院，缺失",
            ("第三梯队名单", "乙县人民医院同时列入第二梯队"),
        ),
        (
            "其中乙县为民医院上传",
            "其中乙县人民医院上传",
            ("上传数据表数量严重缺失医院名单", "乙县人民医院未列入第三梯队"),
        ),
        (
            "乙县中医院等3所医院数据上传良好",
            "丙区中医院等3所医院数据上传良好",
            ("数据上传良好医院名单", "丙区中医院同时列入第四梯队（未上传数据）"),
        ),
        (
            "等2所医院未在第一季度",
            "等3所医院未在第一季度",
            ("第四梯队（未上传数据）名单", "写明 3 所，列出名称 2 所"),
        ),
        ("未在第一季度", "未在第四季度", ("统计期", "与通报统计期不一致，应为2024年第一季度（1-3月）")),
        ("三、1-3月", "三、2-4月", ("统计期", "与通报统计期不一致，应为2024年第一季度（1-3月）")),
        (
            "缺失表数量在30张以内",
            "缺失表数量在31张以内",
            ("第二梯队缺失表数量", "51 张表的 40% 为 21 张，即缺 30 张"),
        ),
        (
            "缺失表数量超过30张",
            "缺失表数量超过31张",
            ("第三梯队缺失表数量", "51 张表的 40% 为 21 张，即缺 30 张"),
        ),
        ("完整率在40%以下", "完整率在45%以下", ("第三梯队完整率界限", "上一梯队为40%以上")),
        ("务于4月3日前", "务于3月3日前", ("报送期限", "期限不晚于统计截止日")),
        ("2024年4月8日", "2024年3月8日", ("成文日期", "成文日期不晚于统计截止日")),
        ("上传数据量（10分）", "上传数据量（15分）", ("年终考核分值", "各指标分值合计")),
        ("三个指标", "四个指标", ("考核指标个数", "联通、数据完整性、上传数据量")),
        (
            "完全中断（截至2024年3月31日",
            "完全中断（截至2024年2月31日",
            ("统计截止日期", "没有这一天（通报自身）"),
        ),
        (
            "丙区妇幼保健院），务于",
            "丙区中医院），务于",
            ("未联通医院名单", "与前文名单不一致：丙区中医院、丙区妇幼保健院"),
        ),
    ],
)
def test_a_contradiction_within_prose(old: str, new: str, expected: tuple) -> None:
    assert expected in contradictions(changed(old, new))


@pytest.mark.parametrize(
    ("hospital", "figures", "expected"),
    [
        ("乙县人民医院", {"tables_uploaded": 52}, ("上传表数量", "多于规定的 51 张（通报自身）")),
        (
            "乙县人民医院",
            {"rows_uploaded": 20},
            ("已上传数据量", "少于上传表数 21 张，每表至少一条（通报自身）"),
        ),
        ("乙县人民医院", {"completeness_pct": "41.19"}, ("数据完整率", "41.18%，即 21/51（通报自身）")),
        ("乙县人民医院", {"interruption_days": 92}, ("上传中断天数", "多于统计期的 91 天（通报自身）")),
        (
            "乙县人民医院",
            {"last_upload_date": date(2024, 4, 1)},
            ("最近上传日期", "不在统计期 2024年1月1日至2024年3月31日内（通报自身）"),
        ),
        ("乙县人民医院", {"last_upload_date": "2024-02-30"}, ("最近上传日期", "不是有效的内容（通报自身）")),
        ("乙县人民医院", {"remark": "未上传数据"}, ("备注", "同行有上传数据（通报自身）")),
        ("丙区中医院", {"remark": None}, ("上传表数量", "既无数据，备注也未说明（通报自身）")),
    ],
)
def test_a_contradiction_within_a_row(hospital: str, figures: dict, expected: tuple) -> None:
    assert (f"{hospital} {expected[0]}", expected[1]) in contradictions(with_row(hospital, figures))


@pytest.mark.parametrize(
    ("hospital", "figures", "expected"),
    [
        (
            "乙县人民医院",
            {"tables_uploaded": 20},
            ("第二梯队名单", "多列乙县人民医院（附件：上传表 20 张，属第三梯队，中断 40 天）"),
        ),
        (
            "乙县中医院",
            {"interruption_days": 11},
            ("数据上传良好医院名单", "多列乙县中医院（附件：上传表 20 张，属第三梯队，中断 11 天）"),
        ),
        (
            "丙区妇幼保健院",
            {"remark": "未上传数据"},
            ("未联通医院名单", "多列丙区妇幼保健院（附件：未上传数据，属第四梯队）"),
        ),
        ("乙县为民医院", {"interruption_days": 81}, ("乙县为民医院 上传中断天数", "81 天（附件）")),
        (
            "乙县人民医院",
            {"hospital": "乙县人民医元"},
            (
                "第二梯队名单",
                "漏列乙县人民医元（附件：上传表 21 张，属第二梯队，中断 40 天）；"
                "多列乙县人民医院（附件中没有这个名称）",
            ),
        ),
        ("乙县人民医院", {"seq": 5}, ("附件行数与序号", "第50行乙县人民医院序号应为 4，写作 5")),
        ("甲市中心医院", {"rows_uploaded": 8131933}, ("已上传数据量合计", "各医院已上传数据量合计")),
    ],
)
def test_a_contradiction_between_prose_and_attachment(hospital: str, figures: dict, expected: tuple) -> None:
    assert expected in contradictions(with_row(hospital, figures))


def test_good_continuity_is_judged_by_the_last_upload_where_the_days_are_blank() -> None:
    rows = tuple(replace(row, interruption_days=None) for row in ROWS)
    good = "甲市中心医院、甲市和平医院、乙县中医院等3所医院数据上传良好"
    prose = changed(good, good.replace("乙县中医院", "乙县为民医院"))

    found = contradictions(prose.replace("（80天）", "") + table_of(rows))

    assert (
        "数据上传良好医院名单",
        "乙县为民医院最近上传日期为2024年1月11日，至截止日已 80 天未上传",
    ) in found


def test_a_column_that_no_row_fills_cannot_be_checked() -> None:
    rows = tuple(replace(row, interruption_days=None) for row in ROWS)
    audit = audit_document(read_document_bytes("通报.txt", (PROSE + table_of(rows)).encode()), FIGURES)

    assert audit.contradictions == ()
    assert Claim(
        "附件“上传中断天数”一栏",
        "空白",
        Verdict.UNSUPPORTED,
        None,
        ("第45行",),
        "表头列有“上传中断天数”，但整列空白，本系统有此数",
    ) in audit.of(Verdict.UNSUPPORTED)


def test_sums_of_the_attachment_are_checked() -> None:
    total = "合计\t\t\t158\t\t7140398\t148\t\t\n"

    assert contradictions(PROSE + table_of(ROWS) + total) == []
    assert contradictions(PROSE + table_of(ROWS) + total.replace("158", "157")) == [
        ("附件合计 上传表数量", "158 张（附件）")
    ]


def test_a_hospital_that_our_figures_have_must_stand_in_the_attachment() -> None:
    ours = replace(FIGURES, rows=(*ROWS, HospitalFigures("戊县人民医院", 11, "戊县", remark="未联通")))
    audit = audit_document(read_document_bytes("通报.txt", BULLETIN.encode()), ours)

    assert ("附件行数与序号", "附件缺戊县人民医院") in [
        (one.subject, one.note) for one in audit.contradictions
    ]
    assert ("二级以上公立医院家数", "11 家（本系统）") in [
        (one.subject, one.found) for one in audit.contradictions
    ]


def test_the_same_statement_in_several_places_is_one_claim() -> None:
    audit = audit_document(read_document_bytes("通报.txt", BULLETIN.encode()), FIGURES)

    (count,) = [one for one in audit.claims if one.subject == "接入（互联互通）医院家数"]
    assert (count.verdict, count.places, count.found) == (
        Verdict.CONFIRMED,
        ("第9行", "第13行"),
        "9 家（正文、附件、本系统）",
    )
