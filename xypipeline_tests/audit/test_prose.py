"""What is read from sentences, in wordings that bulletins of other quarters and offices use."""

from datetime import date
from decimal import Decimal

import pytest

from xypipeline.audit.document import Line
from xypipeline.audit.names import NameBook
from xypipeline.audit.prose import read_prose
from xypipeline.audit.statements import Group, NameList, Topic

# Names with words in them that elsewhere separate or lead to names, and one that holds another.
BOOK = NameBook(["甲县中医院", "协和医院", "大甲县中医院", "信阳市第一人民医院（东院区）", "乙县为民医院"])


def statements(text: str) -> list[tuple]:
    return [(one.topic, one.about, one.value) for one in read_prose(Line("第1行", text), BOOK)]


def names(group: Group, *listed: str, size: int | None = None) -> tuple:
    return (Topic.NAMES, group, NameList(listed, size))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("全市 4１ 家二级以上公立医院", [(Topic.COUNT, Group.ALL, 41)]),
        ("已有三十六家医院接入平台", [(Topic.COUNT, Group.CONNECTED, 36)]),
        ("未实现互联互通的医院共6家", [(Topic.COUNT, Group.UNCONNECTED, 6)]),
        ("尚未接入的有6家", [(Topic.COUNT, Group.UNCONNECTED, 6)]),
        (
            "接入市平台32家，接入省平台3家",
            [(Topic.COUNT, Group.CITY, 32), (Topic.COUNT, Group.PROVINCE, 3)],
        ),
        ("第四梯队14所医院未上传数据", [(Topic.COUNT, Group.TIER_4, 14)]),
        # Of a part of the hospitals, or only planned: nothing that can be counted.
        ("3家妇幼保健机构未接入", [(Topic.COUNT, Group.OTHER, 3)]),
        ("另有2家医院正在接入", [(Topic.COUNT, Group.OTHER, 2)]),
        ("接入率为 85.4％", [(Topic.RATE, None, Decimal("85.4"))]),
        ("应上传51张表", [(Topic.TABLES, None, 51)]),
        ("共上传数据4948.59万条", [(Topic.ROWS, None, (Decimal("4948.59"), 2, 10_000))]),
        ("年终考核40分", [(Topic.POINTS, "total", 40)]),
    ],
)
def test_counts_and_rates_are_told_apart_by_the_words_around(text: str, expected: list) -> None:
    assert statements(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("截至2023年9月30日", (Topic.AS_OF, None, date(2023, 9, 30))),
        ("统计截止2023-09-30", (Topic.AS_OF, None, date(2023, 9, 30))),
        ("务于2023年10月3日前报送", (Topic.DEADLINE, None, date(2023, 10, 3))),
        ("务于10月3日之前报送", (Topic.DEADLINE, None, (0, 10, 3))),
        ("截至2023年6月31日", (Topic.AS_OF, None, (2023, 6, 31))),
        ("2023年10月8日", (Topic.ISSUED, None, date(2023, 10, 8))),
        ("7—9月数据连续性情况", (Topic.QUARTER, None, (None, 3))),
        ("7月至9月情况", (Topic.QUARTER, None, (None, 3))),
        ("4-7月情况", (Topic.QUARTER, None, (None, 0))),
        ("2023年三季度", (Topic.QUARTER, None, (2023, 3))),
        ("2023年底前完成", (Topic.YEAR_END, None, 2023)),
        ("信卫信息函[2023]4号", (Topic.NUMBER, None, "信卫信息函〔2023〕4号")),
    ],
)
def test_days_and_periods(text: str, expected: tuple) -> None:
    assert statements(text) == [expected]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "第二梯队（完整率达到40%以上），甲县中医院、协和医院等2所医院，缺失表数量在30张以内。",
            [
                (Topic.CUTOFF, Group.TIER_2, (Decimal(40), "least")),
                names(Group.TIER_2, "甲县中医院", "协和医院", size=2),
                (Topic.MISSING, Group.TIER_2, (30, "within")),
            ],
        ),
        (
            "第三梯队，甲县中医院、协和医院，其中协和医院严重缺失。",
            [names(Group.TIER_3, "甲县中医院", "协和医院"), names(Group.SEVERE, "协和医院")],
        ),
        ("第一梯队，无，缺失较少。", [names(Group.TIER_1)]),
        (
            "未联通的医院为信阳市第一人民医院（东院区）、乙县为民医院。",
            [names(Group.UNCONNECTED, "信阳市第一人民医院（东院区）", "乙县为民医院")],
        ),
        ("甲县中医院和协和医院数据上传良好", [names(Group.GOOD, "甲县中医院", "协和医院")]),
        ("大甲县中医院连续性良好", [names(Group.GOOD, "大甲县中医院")]),
        ("除协和医院外，其余医院均已接入平台。", [names(Group.UNCONNECTED, "协和医院")]),
        (
            "完全中断：甲县中医院（12天）、协和医院（80天）",
            [
                names(Group.WHOLLY, "甲县中医院", "协和医院"),
                (Topic.HOSPITAL, ("甲县中医院", "interruption_days"), 12),
                (Topic.HOSPITAL, ("协和医院", "interruption_days"), 80),
            ],
        ),
        # Misspelled names stay in their lists, wherever they stand.
        ("未联通的医院为甲县中衣院、协和医院。", [names(Group.UNCONNECTED, "甲县中衣院", "协和医院")]),
        ("甲县中医院、协合医院等2所医院数据上传良好", [names(Group.GOOD, "甲县中医院", "协合医院", size=2)]),
        ("甲县中医院、协和医完等2所医院数据上传良好", [names(Group.GOOD, "甲县中医院", "协和医完", size=2)]),
        ("其中新协和医院严重缺失", [names(Group.SEVERE, "新协和医院")]),
        # Words for hospitals in general are no names.
        ("要求各医院上传数据，其他医院、所有公立医院未上传。", []),
    ],
)
def test_lists_of_hospitals(text: str, expected: list) -> None:
    assert statements(text) == expected


@pytest.mark.parametrize(
    "text",
    ["一、接入情况", "（一）推进", "1.加强维护", "附件1", "二级以上公立医院", "第一时间", "统一"],
)
def test_numbering_and_set_phrases_state_nothing(text: str) -> None:
    assert statements(text) == []


def test_a_number_that_is_part_of_nothing_known_is_kept_with_its_surroundings() -> None:
    assert statements("派出17人、8辆车") == [
        (Topic.UNKNOWN_NUMBER, "派出17人、8辆车", "17"),
        (Topic.UNKNOWN_NUMBER, "派出17人、8辆车", "8"),
    ]
