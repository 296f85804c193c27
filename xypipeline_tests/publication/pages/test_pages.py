import re
from dataclasses import replace
from datetime import date
from xml.etree import ElementTree as ET

import altair as alt
import pytest

from xypipeline.publication.figures import QuarterFigures
from xypipeline.publication.pages.changes import Change
from xypipeline.publication.pages.dossier import Dossier, compile_dossiers
from xypipeline.publication.pages.heat_map import (
    LEVELS,
    MISSING,
    calendar_chart,
    describe_day,
)
from xypipeline.publication.pages.render import render_pages
from xypipeline.publication.pages.volume import AGAIN, NEW, volume_chart
from xypipeline.publication.rectification.render import render_rectification
from xypipeline_tests.publication.details import excused
from xypipeline_tests.publication.details.hospitals import (
    CODES,
    DETAILS,
    EXPLANATIONS,
    FIGURES,
    REGISTRY,
    STANDINGS,
    UPLOADING_DETAIL,
    day,
)
from xypipeline_tests.publication.pages.site import dossiers, draw_calendar, draw_volume

SVG = "{http://www.w3.org/2000/svg}"
APRIL = date(2023, 4, 3)


@pytest.fixture(scope="module")
def compiled() -> tuple[Dossier, ...]:
    return dossiers()


@pytest.fixture(scope="module")
def pages(compiled: tuple[Dossier, ...]) -> dict[str, str]:
    return {name: content.decode() for name, content in render_pages(FIGURES, compiled).items()}


def titles(svg: str, fill: str) -> list[str]:
    """The tooltips of the marks of one colour."""
    return [
        mark.findtext(f"{SVG}title")
        for mark in ET.fromstring(svg).iter(f"{SVG}path")
        if mark.get("fill") in (fill, fill.upper()) and mark.find(f"{SVG}title") is not None
    ]


def test_there_is_a_page_for_each_hospital(pages: dict[str, str]) -> None:
    assert list(pages) == ["attachment.html", *(f"hospitals/{code}.html" for code in CODES)]


def test_the_same_figures_give_the_same_bytes(compiled: tuple[Dossier, ...]) -> None:
    assert render_pages(FIGURES, dossiers()) == render_pages(FIGURES, compiled)


def test_every_link_leads_to_a_published_file_or_a_place_on_its_page(pages: dict[str, str]) -> None:
    published = set(pages) | set(render_rectification(FIGURES, DETAILS, REGISTRY))
    for name, page in pages.items():
        folder = name.rpartition("/")[0]
        for link in re.findall(r'href="([^"]*)"', page):
            path, _, anchor = link.partition("#")
            target = name if not path else path[3:] if path.startswith("../") else f"{folder}{path}"
            assert target in published, link
            assert not anchor or f'id="{anchor}"' in pages[target], link


@pytest.mark.parametrize("name", ["attachment.html", f"hospitals/{CODES[0]}.html"])
def test_a_page_fetches_nothing_and_runs_nothing_but_its_own(pages: dict[str, str], name: str) -> None:
    page = pages[name].replace("http://www.w3.org/2000/svg", "")

    assert re.findall(r"https?:|src=|@import|url\(|\son\w+=|\sstyle=", page) == []
    assert "default-src &#39;none&#39;" in page
    assert "unsafe" not in page


def test_uploaded_values_are_text(pages: dict[str, str]) -> None:
    page = pages[f"hospitals/{CODES[0]}.html"]

    assert "&lt;b&gt;9&lt;/b&gt;" in page
    assert "<b>9</b>" not in page


def test_a_silent_hospital_is_told_its_days_without_pictures(pages: dict[str, str]) -> None:
    page = pages[f"hospitals/{CODES[1]}.html"]

    assert "中断日期（91 天）：4月1日至6月30日（91天）" in page
    assert "未上传的表（51）" in page
    assert "picture" not in page.partition("</style>")[2]


@pytest.mark.parametrize("code", CODES[2:], ids=["province", "unconnected"])
def test_a_hospital_that_need_not_upload_is_told_why_only(pages: dict[str, str], code: str) -> None:
    page = pages[f"hospitals/{code}.html"]

    assert re.search(r'<p class="alarm">(已联通省全民健康信息平台|未联通)</p>', page)
    assert re.findall("上传日历|未上传的表|质量问题", page) == []


def test_a_missed_day_is_marked_in_the_calendar() -> None:
    assert titles(draw_calendar(UPLOADING_DETAIL.days), MISSING) == [
        "4月25日（周二）：应上传而未上传",
        "6月29日（周四）：应上传而未上传",
        "6月30日（周五）：应上传而未上传",
    ]


def test_shades_are_quarters_of_the_upload_days() -> None:
    days = [day(date(2023, 4, number), rows=10 * number) for number in range(1, 9)]
    shades = [len(titles(draw_calendar(days), shade)) for shade in LEVELS]

    assert shades == [2, 2, 2, 2]


def test_bars_tell_new_records_from_rows_sent_again() -> None:
    svg = draw_volume([day(APRIL, 1000), day(date(2023, 4, 4))])
    told = "4月3日（周一）：有效 1,000 行，其中新增记录 900 条"

    assert (titles(svg, NEW), titles(svg, AGAIN)) == ([told], [told])


def test_the_charts_are_vega_lite() -> None:
    days = UPLOADING_DETAIL.days
    charts = {alt.LayerChart: calendar_chart(days), alt.Chart: volume_chart(days)}

    assert all(kind.from_dict(chart, validate=True) for kind, chart in charts.items())


def test_pictures_do_not_depend_on_what_was_drawn_before() -> None:
    first = draw_calendar(UPLOADING_DETAIL.days)
    draw_volume(UPLOADING_DETAIL.days)

    assert draw_calendar(UPLOADING_DETAIL.days) == first
    assert "id=" not in first


@pytest.mark.parametrize(
    ("upload", "text"),
    [
        (day(APRIL, 1234), "4月3日（周一）：有效 1,234 行，其中新增记录 1,110 条"),
        (day(APRIL, files=2), "4月3日（周一）：收到 2 个文件，没有有效数据，计为中断"),
        (day(APRIL, is_expected=False), "4月3日（周一）：不要求上传"),
    ],
    ids=["uploaded", "empty", "not expected"],
)
def test_a_day_in_words(upload: object, text: str) -> None:
    assert describe_day(upload) == text


def test_changes_are_those_of_the_published_figures(compiled: tuple[Dossier, ...]) -> None:
    assert compiled[0].changes == (
        Change("名次", "2", "1", "上升 1"),
        Change("综合得分", "32.16", "32.16", "不变"),
        Change("梯队", "第三梯队", "第一梯队", "上升 2"),
        Change("上传表数量", "20", "31", "+11"),
        Change("数据完整率(%)", "39.22", "60.78", "+21.56"),
        Change("已上传数据量", "1,000", "1,000", "不变"),
        Change("上传中断天数", "3", "3", "不变"),
        Change("最近上传日期", "2023-06-29", "2023-06-29", ""),
        Change("合格率(%)", "99.94", "99.94", "不变"),
    )


def test_without_a_quarter_before_nothing_is_compared() -> None:
    newcomer = QuarterFigures(FIGURES.quarter, (replace(STANDINGS[1], org_code="new"),), FIGURES.policy)
    for before in (None, newcomer):
        alone = compile_dossiers(FIGURES, DETAILS, EXPLANATIONS, before)
        assert alone[0].changes == ()
        assert "与上季度相比" not in render_pages(FIGURES, alone)[f"hospitals/{CODES[0]}.html"].decode()


@pytest.fixture(scope="module")
def excused_page() -> str:
    """The page of the uploading hospital, with entries of the register."""
    figures = replace(FIGURES, standings=(excused.STANDING, *STANDINGS[1:]))
    details = {**DETAILS, CODES[0]: excused.DETAIL}
    compiled = compile_dossiers(figures, details, EXPLANATIONS, None)
    return render_pages(figures, compiled)[f"hospitals/{CODES[0]}.html"].decode()


def test_completeness_over_applicable_tables_stands_beside_the_official_one(
    pages: dict[str, str], excused_page: str
) -> None:
    tiles = re.findall(r"<b>([^<]*)</b><span>([^<]*完整率[^<]*)</span>", excused_page)

    assert tiles == [("60.78", "数据完整率(%)"), ("62.00", "适用表完整率(%)")]
    assert "应传 51 张，适用 50 张" in excused_page
    # Where it is the same figure, it is not said twice.
    assert "适用表完整率" not in pages[f"hospitals/{CODES[0]}.html"]
    assert "未开展登记" not in pages[f"hospitals/{CODES[0]}.html"]


def test_an_excused_table_is_still_missing_and_says_so(excused_page: str) -> None:
    title = excused.EXCUSED.title_zh
    (row,) = re.findall(rf"<tr><td>{title}<br>.*?</tr>", excused_page.partition('id="inapplicable"')[0])

    assert 'id="missing">未上传的表（20）' in excused_page
    assert '<a href="#inapplicable">登记未开展</a>' in row


def test_entries_are_shown_with_evidence_and_what_is_to_be_done(excused_page: str) -> None:
    section = excused_page.partition('id="inapplicable"')[2].partition("</table>")[0]

    assert "&lt;b&gt;与（其他医院）的协议&lt;/b&gt;" in section
    assert "登记期内收到12行（5月1日至3日（3天）），与登记不符，请核实" in section
    assert "将于2023-07-15到期" in section
    assert section.count("由其他机构承担") == 2
