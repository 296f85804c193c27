from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from xypipeline.errors import PublicationError
from xypipeline.policy.policy import load_policy
from xypipeline.publication.bulletin.blocks import Block, Kind, parse_blocks
from xypipeline.publication.bulletin.office import load_office
from xypipeline.publication.bulletin.template import fill_template
from xypipeline.publication.bulletin.words import printable, words_of
from xypipeline.publication.figures import QuarterFigures
from xypipeline_tests.publication.bulletin.samples import HOSTILE_NAMES
from xypipeline_tests.publication.city import CITY, QUARTER, UPLOADING

PATH = Path("bulletin.md.j2")
OFFICE = load_office(Path("absent"), QUARTER)
LETTER = """
某委员会

某函〔2023〕4号

# 某委员会 关于某事 的通报

各单位：

正文一行
接着写。

## 一、情况

### （一）要求

1. 不是列表\\*

附件：某表

某委员会

2023年7月1日

---

附件

# 某表

注：说明。
"""


def parse(*names: str) -> tuple[Block, ...]:
    standings = tuple(replace(UPLOADING, hospital=name) for name in names)
    figures = QuarterFigures(QUARTER, standings, load_policy(2023))
    return parse_blocks(fill_template(OFFICE.wording, PATH, words_of(figures, OFFICE)), PATH)


def test_each_paragraph_has_its_place_in_the_document() -> None:
    assert parse_blocks(LETTER, PATH) == (
        Block(Kind.ISSUER, "某委员会"),
        Block(Kind.NUMBER, "某函〔2023〕4号"),
        Block(Kind.TITLE, "某委员会 关于某事 的通报"),
        Block(Kind.RECIPIENTS, "各单位："),
        Block(Kind.BODY, "正文一行接着写。"),
        Block(Kind.HEADING, "一、情况"),
        Block(Kind.SUBHEADING, "（一）要求"),
        Block(Kind.BODY, "1. 不是列表*"),
        Block(Kind.ATTACHMENT, "附件：某表"),
        Block(Kind.SIGNATURE, "某委员会"),
        Block(Kind.DATE, "2023年7月1日"),
        Block(Kind.LABEL, "附件"),
        Block(Kind.TABLE_TITLE, "某表"),
        Block(Kind.NOTE, "注：说明。"),
    )


@pytest.mark.parametrize(
    ("old", "new", "complaint"),
    [
        ("---\n", "", r"bulletin\.md\.j2: needs one line ---, before the attachment; it has 0"),
        ("# 某委员会", "某委员会", "must have exactly one number, title, recipients"),
        ("# 某表", "某表", "exactly one label, table_title"),
        ("某函〔2023〕4号\n", "", "exactly one number"),
        ("各单位：", "各单位", "exactly one recipients"),
        ("附件：某表\n", "", "exactly one attachment, signature, date"),
        ("2023年7月1日\n", "", "exactly one date"),
    ],
)
def test_a_document_that_lacks_a_part_is_refused(old: str, new: str, complaint: str) -> None:
    assert old in LETTER
    with pytest.raises(PublicationError, match=complaint):
        parse_blocks(LETTER.replace(old, new, 1), PATH)


@pytest.mark.parametrize("name", HOSTILE_NAMES)
def test_no_name_shapes_the_document(name: str) -> None:
    blocks = parse(name, "乙医院")

    assert [block.kind for block in blocks] == [block.kind for block in parse("甲医院", "乙医院")]
    assert f"，{printable(name)}、乙医院等2所医院，" in "".join(block.text for block in blocks)


@settings(max_examples=40)
@given(st.text(st.characters(codec="utf-8"), min_size=1, max_size=12))
def test_any_name_is_read_back_as_it_is_shown(name: str) -> None:
    shown = printable(f"甲{name}院")
    text = "".join(block.text for block in parse(f"甲{name}院", "乙医院"))

    assert f"，{shown}、乙医院等2所医院，" in text


@pytest.mark.parametrize(
    ("tier", "names", "sentence"),
    [
        (1, (), "第一梯队（完整率达到60%以上），无，缺失表数量在20张以内。"),
        (2, ("甲",), "第二梯队（完整率达到40%以上），甲1所医院，缺失表数量在30张以内。"),
        (3, ("甲", "乙"), "第三梯队（完整率在40%以下），甲、乙等2所医院，缺失表数量超过30张。"),
        (4, (), "第四梯队（未上传数据），无。"),
        (4, ("甲", "乙", "丙"), "第四梯队（未上传数据），甲、乙、丙等3所医院未在第二季度上传数据。"),
    ],
)
def test_a_tier_is_told_by_names_and_number(tier: int, names: tuple[str, ...], sentence: str) -> None:
    standings = tuple(replace(UPLOADING, hospital=name, tier=tier) for name in names)
    others = (replace(UPLOADING, hospital="丁", tier=None),)
    figures = QuarterFigures(QUARTER, standings + others, load_policy(2023))
    filled = fill_template(OFFICE.wording, PATH, words_of(figures, OFFICE))

    assert Block(Kind.BODY, sentence) in parse_blocks(filled, PATH)


def test_where_all_are_connected_nobody_is_asked_why_not() -> None:
    text = "".join(block.text for block in parse("甲医院"))

    assert "接入率100%，其中接入信阳市全民健康信息平台1家。全市二级以上公立医院均已实现互联互通。" in text
    assert "务于" not in text
    assert "进展缓慢" not in text


def test_the_unconnected_are_named_with_their_deadline() -> None:
    figures = QuarterFigures(QUARTER, CITY, load_policy(2023))
    filled = fill_template(OFFICE.wording, PATH, words_of(figures, OFFICE))

    assert "其中接入信阳市全民健康信息平台2家，接入省全民健康信息平台1家（丙医院）。" in filled
    assert "未实现互联互通工作任务、进展缓慢的医院为丁医院。" in filled
    assert "没有完成互联互通的单位（丁医院），所在单位卫生健康行政部门务于7月3日前" in filled
