from pathlib import Path

import pytest

from xypipeline.audit.audit import audit_document
from xypipeline.audit.claims import Audit, Claim, Verdict
from xypipeline.audit.reading import read_document_bytes
from xypipeline.registry.institutions import current_registry

PUBLISHED = Path(__file__).parent / "data" / "bulletin-2023Q2.txt"
OMITTED, SILENT = "信阳职业技术学院附属医院", "商城县人民医院"
TIER_2 = (
    "信阳市中心医院、信阳市妇幼保健院、信阳市精神病医院、罗山县中医院、潢川县中医院、光山县第二人民医院、"
    "商城县中医院"
)
TIER_3 = (
    "信阳市人民医院、信阳市中医院、信阳市第五人民医院、信阳市第三人民医院、潢川县人民医院、息县妇幼保健院、"
    "光山县人民医院、光山县中医院、商城县精神病医院、新县人民医院"
)
GOOD = (
    "信阳市中心医院、信阳市中医院、信阳市妇幼保健院、信阳职业技术学院附属医院、罗山县中医院、潢川县人民医院、"
    "潢川县中医院、商城县人民医院、商城县中医院、新县人民医院"
)
QUARTER = "2023年第二季度（4-6月）"

# Worked out by hand from the bulletin, before the rules that find it: subject, stated, found, places, note.
CONTRADICTIONS = (
    (
        "接入（互联互通）医院家数",
        "36 家",
        "35 家（正文、附件）",
        ("第11行", "第15行"),
        "共 41 家，正文列未联通 6 家，应接入 35 家，含联通省平台 3 家",
    ),
    (
        "多数医院持续上传",
        "大多数能够持续上传",
        "10/36 家（正文）",
        ("第11行",),
        "接入 36 家，数据上传良好的只有 10 家，未过半",
    ),
    ("接入率", "接入率88%", "85%（附件）", ("第15行",), "按附件 35/41＝85.4%"),
    (
        "梯队个数",
        "分为三个梯队",
        "4 个（正文）",
        ("第19行",),
        "文中列有第一梯队、第二梯队、第三梯队、第四梯队",
    ),
    (
        "第二梯队名单",
        f"7 所：{TIER_2}",
        "8 所（附件）",
        ("第23行",),
        f"漏列{OMITTED}（附件：上传表 26 张，属第二梯队）",
    ),
    ("第三梯队名单", f"11 所：{TIER_3}", "10 所（通报自身）", ("第25行",), "写明 11 所，列出名称 10 所"),
    ("统计期", "第一季度", f"{QUARTER}（正文）", ("第27行",), f"与通报统计期不一致，应为{QUARTER}"),
    (
        "数据上传良好医院名单",
        f"10 所：{GOOD}",
        "未上传数据（附件）",
        ("第31行",),
        f"{SILENT}（附件：未上传数据，属第四梯队），不应列入数据上传良好",
    ),
    ("统计期", "1-3月", f"{QUARTER}（正文）", ("第76行",), f"与通报统计期不一致，应为{QUARTER}"),
)
# What its author would write instead.
CORRECTIONS = (
    (("36 家", "35 家"), ("接入率 88%", "接入率 85%")),
    (("大多数能够持续上传", "部分能够持续上传"),),
    (("分为三个梯队", "分为四个梯队"),),
    (("商城县中医院等 7 所", f"商城县中医院、{OMITTED}等 8 所"),),
    (("等 11 所医院", "等 10 所医院"),),
    (("未在第一季度上传", "未在第二季度上传"),),
    (
        (
            f"潢川县中医院、{SILENT}、商城县中医院、新县人民医院等 10 所",
            "潢川县中医院、商城县中医院、新县人民医院等 9 所",
        ),
    ),
    (("1-3月", "4-6月"),),
)
# Their places in CONTRADICTIONS.
MENDED = ((0, 2), (1,), (3,), (4,), (5,), (6,), (7,), (8,))


def audit_text(text: str) -> Audit:
    return audit_document(read_document_bytes("通报.txt", text.encode()), registry=current_registry())


def told(claims: tuple[Claim, ...]) -> tuple[tuple, ...]:
    return tuple((one.subject, one.stated, one.found, one.places, one.note) for one in claims)


def corrected(text: str, corrections: tuple = sum(CORRECTIONS, ())) -> str:
    for wrong, right in corrections:
        assert wrong in text
        text = text.replace(wrong, right)
    return text


@pytest.fixture(scope="module")
def text() -> str:
    return PUBLISHED.read_text(encoding="utf-8")


def test_every_contradiction_of_the_published_bulletin_is_found_and_none_invented(text: str) -> None:
    assert told(audit_text(text).contradictions) == CONTRADICTIONS


@pytest.mark.parametrize(("correction", "mended"), [*zip(CORRECTIONS, MENDED, strict=True)])
def test_mending_one_contradiction_leaves_the_others(text: str, correction: tuple, mended: tuple) -> None:
    left = told(audit_text(corrected(text, correction)).contradictions)

    # The good list and the number connected are told within other claims, too: places and subjects suffice.
    expected = [(one[0], one[3]) for place, one in enumerate(CONTRADICTIONS) if place not in mended]
    assert [(one[0], one[3]) for one in left] == expected


def test_the_bulletin_without_its_errors_contradicts_nothing(text: str) -> None:
    assert told(audit_text(corrected(text)).contradictions) == ()


@pytest.mark.parametrize(
    ("year", "quarter", "months", "shift", "last_day"),
    [
        (2024, "一", "1-3", -3, "3 月 31 日"),
        (2023, "三", "7-9", 3, "9 月 30 日"),
        (2025, "二", "4-6", 0, "6 月 30 日"),
    ],
    ids=["2024Q1", "2023Q3", "2025Q2"],
)
def test_a_sound_bulletin_of_another_quarter_contradicts_nothing(
    text: str, year: int, quarter: str, months: str, shift: int, last_day: str
) -> None:
    text = corrected(text)
    for month in (4, 5, 6):
        text = text.replace(f"2023-{month:02}-", f"{year}-{month + shift:02}-")
    text = (
        text.replace("6 月 30 日", last_day)
        .replace("6月30日", last_day)
        .replace("7 月 3 日", f"{7 + shift} 月 3 日")
    )
    text = (
        text.replace("第二季度", f"第{quarter}季度")
        .replace("4-6月", f"{months}月")
        .replace("2023", str(year))
    )

    assert told(audit_text(text).contradictions) == ()


def test_what_the_bulletin_leaves_blank_or_to_itself_is_unsupported(text: str) -> None:
    unsupported = {one.subject: one.note for one in audit_text(text).of(Verdict.UNSUPPORTED)}

    assert unsupported["附件“数据完整率”一栏"] == "表头列有“数据完整率”，但整列空白"
    assert unsupported["附件“上传中断天数”一栏"] == "表头列有“上传中断天数”，但整列空白"
    assert unsupported["考核指标个数"].startswith("个数相符，但“数据完成性”")
    assert {"发文字号", "联系方式"} <= unsupported.keys()
    assert "未识别的数字" not in unsupported


def test_what_agrees_with_the_rest_of_the_bulletin_is_confirmed(text: str) -> None:
    confirmed = {(one.subject, one.found) for one in audit_text(text).of(Verdict.CONFIRMED)}

    assert {
        ("二级以上公立医院家数", "41 家（附件）"),
        ("未联通医院名单", "6 所（附件）"),
        ("第一梯队名单", "0 所（附件）"),
        ("第一梯队缺失表数量", "20 张以内（正文）"),
        ("第二梯队缺失表数量", "30 张以内（正文）"),
        ("第三梯队缺失表数量", "超过 30 张（正文）"),
        ("上传数据表数量严重缺失医院名单", "5 所（附件）"),
        ("第四梯队（未上传数据）名单", "14 所（附件）"),
        ("附件行数与序号", "序号连续，医院不重复（通报自身）"),
    } <= confirmed
