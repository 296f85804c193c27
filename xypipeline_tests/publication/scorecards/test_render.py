import io
import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest
from openpyxl import load_workbook

from xypipeline.publication.scorecards.folder import keep_scorecards
from xypipeline.publication.scorecards.model import Scorecard
from xypipeline.publication.scorecards.render import render_scorecards
from xypipeline.registry.model import Registry
from xypipeline_tests.publication.details.excused import ENTRIES
from xypipeline_tests.publication.scorecards.small_city import FIGURES, PATIENTS, day, find, read, warehouse

SHEETS = ["总览", "规则", "编码字段", "及时性", "上传状态", "问题", "未开展登记"]


@pytest.fixture
def cards(registry: Registry) -> Iterator[tuple[Scorecard, ...]]:
    with warehouse() as connection:
        find(connection, PATIENTS, "G06", (day(9), "sex_code"))
        find(connection, PATIENTS, "G14", (day(3), "org_code"))
        yield read(connection, registry)


def rows(content: bytes, sheet: str, first: str) -> list[tuple]:
    """The rows of a sheet that begin with a text."""
    return [row for row in load_workbook(io.BytesIO(content))[sheet].values if row[0] == first]


def cells(page: str, first: str) -> list[list[str]]:
    """The rows of a page's tables that begin with a text."""
    found = [re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", row) for row in re.findall(r"<tr>(.*?)</tr>", page)]
    return [row for row in found if row and row[0] == first]


def test_who_delivered_has_a_page_and_a_workbook(cards: Sequence[Scorecard]) -> None:
    files = render_scorecards(FIGURES, cards)

    assert sorted(files) == ["A1.html", "A1.xlsx", "tables.html", "tables.xlsx"]
    assert load_workbook(io.BytesIO(files["A1.xlsx"])).sheetnames == SHEETS
    assert load_workbook(io.BytesIO(files["tables.xlsx"])).sheetnames == ["总览", "医院", *SHEETS[1:]]
    assert files == render_scorecards(FIGURES, cards)
    assert render_scorecards(FIGURES, ()) == {}


def test_the_hospitals_workbook_says_what_was_read(cards: Sequence[Scorecard]) -> None:
    book = render_scorecards(FIGURES, cards)["A1.xlsx"]
    patients = "患者基本信息"

    summary = (6, 5, 83.33, 3, 2, 0, 0, 0, 60, 2, 1, 1, 0, 0, 1)
    assert rows(book, "总览", patients) == [(patients, "基础资源", *summary)]
    assert rows(book, "总览", "合计") == [("合计", None, 6, 5, 83.33, 3, 2, 0, 2, 0, 60, 2, 1, 1, 0, 0, 1)]
    assert [(row[1], row[5], row[6]) for row in rows(book, "规则", patients)] == [
        ("G02", "通过", 0),
        ("G06", "未通过", 1),
        ("G14", "未通过", 1),
        ("G18", "通过", 0),
        ("G24", "通过", 0),
    ]
    assert rows(book, "编码字段", patients)[0] == (
        *(patients, "性别代码", "GB/T 2261.1", 6),
        *(3, 0, 1, 1, 1),
        *(50, 0, 16.67, 16.67, 16.66),
    )
    assert rows(book, "及时性", patients) == [
        (patients, "每日", "业务日", 9, 3, 1, 5, 33.33, 11.11, 55.56, 0)
    ]
    assert rows(book, "问题", patients) == [
        (patients, "性别代码", "G06", "值域合规", "单字段", "错误", 1, 1, 0, 1),
        (patients, "医疗机构代码", "G14", "父表存在", "表间", "错误", 1, 0, 1, -1),
    ]


def test_the_citys_workbook_counts_hospitals(cards: Sequence[Scorecard]) -> None:
    book = render_scorecards(FIGURES, cards)["tables.xlsx"]

    assert rows(book, "规则", "患者基本信息")[1] == (
        *("患者基本信息", "G06", "值域合规", "单字段", "错误"),
        *(0, 1, 0, 1, 0, 0, 1),
    )
    assert rows(book, "医院", "乙医院") == [
        ("乙医院", "市直", 0, 0, None, 0, 0, 0, 7, 0, None, 0, 0, 0, 0, 0, 0)
    ]


def test_the_page_shows_what_to_act_on(cards: Sequence[Scorecard]) -> None:
    files = render_scorecards(FIGURES, cards)
    page = files["A1.html"].decode()

    assert re.findall(r"<h2>(.*?)</h2>", page) == SHEETS
    tiles = dict(re.findall(r"<div><b>(.*?)</b><span>(.*?)</span></div>", page))
    assert {label: value for value, label in tiles.items()}["合格率(%)"] == "83.33"
    assert cells(page, "患者基本信息")[1:3] == [
        ["患者基本信息", "G06", "值域合规", "单字段", "错误", "未通过", "1"],
        ["患者基本信息", "G14", "父表存在", "表间", "错误", "未通过", "1"],
    ]
    assert cells(page, "患者基本信息")[-1][-1] == "-1"
    assert 'href="A1.xlsx"' in page
    assert 'href="tables.html"' in page
    assert "<script" not in page
    assert '<a href="A1.html">甲医院</a>' in files["tables.html"].decode()
    assert "B2.html" not in files["tables.html"].decode()


def test_a_name_is_text_whatever_it_looks_like(cards: Sequence[Scorecard]) -> None:
    named = replace(cards[0], title="=1+1<b>")
    files = render_scorecards(FIGURES, [named])

    assert load_workbook(io.BytesIO(files["A1.xlsx"]))["总览"]["A1"].data_type == "s"
    assert rows(files["tables.xlsx"], "医院", "=1+1<b>")
    assert "<h1>=1+1&lt;b&gt;数据质量评分卡</h1>" in files["A1.html"].decode()


def test_percentages_have_the_policys_decimals(cards: Sequence[Scorecard]) -> None:
    policy = replace(FIGURES.policy, decimals={**FIGURES.policy.decimals, "qualified_pct": 1})
    book = render_scorecards(replace(FIGURES, policy=policy), cards)["A1.xlsx"]

    assert Decimal(str(rows(book, "总览", "合计")[0][4])) == Decimal("83.3")


def test_the_folder_holds_the_latest_scorecards_only(tmp_path: Path) -> None:
    folder = tmp_path / "2023Q2"
    keep_scorecards(folder, {"A1.html": b"1", "B2.html": b"1"})
    keep_scorecards(folder, {"A1.html": b"2"})

    assert {path.name: path.read_bytes() for path in folder.iterdir()} == {"A1.html": b"2"}


def test_entries_of_the_register_stand_on_a_sheet_of_their_own(cards: Sequence[Scorecard]) -> None:
    excused = replace(cards[0], inapplicable=ENTRIES)
    files = render_scorecards(FIGURES, [excused, *cards[1:]])
    entry = ("由其他机构承担", "2023-01-01", "2023-07-15")
    told = "登记期内收到12行（5月1日至3日（3天）），与登记不符，请核实"
    came = (told, 12, "<b>与丙医院的协议</b>", "李四")
    title = ENTRIES[0].table.title_zh

    assert rows(files["A1.xlsx"], "未开展登记", title) == [(title, *entry, *came)]
    assert rows(files["tables.xlsx"], "未开展登记", title) == [(title, "甲医院", *entry, *came)]
    page, city = files["A1.html"].decode(), files["tables.html"].decode()
    assert (
        "应传 51 张，适用 51 张，已上传 31 张：数据完整率 60.78%，适用表完整率 60.78%（并列，不代替前者）。"
        in page
    )
    assert "共 2 项，须办理 2 项。" in city
    assert "&lt;b&gt;与丙医院的协议&lt;/b&gt;" in page
