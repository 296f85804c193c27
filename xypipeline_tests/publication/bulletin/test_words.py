from dataclasses import replace
from datetime import date
from fractions import Fraction
from types import MappingProxyType

import pytest

from xypipeline.errors import PublicationError
from xypipeline.periods import Quarter
from xypipeline.policy.policy import Policy
from xypipeline.publication.bulletin.office import OfficeSettings
from xypipeline.publication.bulletin.words import escape_markdown, printable, words_of
from xypipeline.publication.figures import QuarterFigures
from xypipeline_tests.publication.city import CITY, QUARTER, UPLOADING


def test_the_words_of_a_city(figures: QuarterFigures, office: OfficeSettings) -> None:
    words = words_of(figures, office)

    assert {name: value for name, value in words.items() if name != "definitions"} == {
        "year": 2023,
        "quarter": "第二季度",
        "months": "4-6月",
        "as_of": "2023年6月30日",
        "is_draft": False,
        "number": None,
        "issued_on": None,
        "issue_year": 2023,
        "target_year": 2023,
        "attachment_title": "全市公立医院与全民健康信息平台互联互通情况统计",
        "hospitals": 4,
        "connected": 3,
        "on_city_platform": 2,
        "on_province_platform": ["丙医院"],
        "access_rate": "75%",
        "unconnected": ["丁医院"],
        "uploading": 1,
        "tables_required": 51,
        "tiers": {1: ["甲医院"], 2: [], 3: [], 4: ["乙医院"]},
        "first_cutoff": "60%",
        "second_cutoff": "40%",
        "first_missing": 20,
        "second_missing": 30,
        "severe_cutoff": "10%",
        "severely_missing": [],
        "good_days": 10,
        "good_continuity": ["甲医院"],
        "partly_interrupted": [],
        "wholly_interrupted": [],
        "deadline": "7月3日",
        "points": "40",
        "connection_points": "10",
        "completeness_points": "20",
        "volume_points": "10",
    }


@pytest.mark.parametrize(
    ("cutoff", "missing"), [(Fraction(31, 51), 20), (Fraction(60, 100), 20), (Fraction(30, 51), 21)]
)
def test_what_a_tier_may_lack_follows_its_cut_off_exactly(
    policy: Policy, office: OfficeSettings, cutoff: Fraction, missing: int
) -> None:
    changed = replace(policy, tier_cutoffs=replace(policy.tier_cutoffs, first=cutoff))

    assert words_of(QuarterFigures(QUARTER, CITY, changed), office)["first_missing"] == missing


def test_the_last_quarter_looks_into_the_next_year(policy: Policy, office: OfficeSettings) -> None:
    standing = replace(UPLOADING, period="2023Q4", as_of=date(2023, 12, 31))
    words = words_of(QuarterFigures(Quarter(2023, 4), (standing,), policy), office)

    assert (words["deadline"], words["target_year"], words["issue_year"]) == ("2024年1月3日", 2024, 2024)


def test_the_deadline_is_the_policys(policy: Policy, office: OfficeSettings) -> None:
    changed = replace(policy, deadlines=MappingProxyType({"unconnected_report_days": 31}))

    assert words_of(QuarterFigures(QUARTER, CITY, changed), office)["deadline"] == "7月31日"


def test_a_running_quarter_is_a_draft_up_to_its_cut_off_day(policy: Policy, office: OfficeSettings) -> None:
    running = tuple(replace(one, as_of=date(2023, 5, 15)) for one in CITY)
    words = words_of(QuarterFigures(QUARTER, running, policy), office)

    assert (words["is_draft"], words["as_of"]) == (True, "2023年5月15日")


@pytest.mark.parametrize(("issued_on", "is_refused"), [(date(2023, 6, 30), True), (date(2023, 7, 1), False)])
def test_a_bulletin_is_issued_after_the_days_that_it_counts(
    figures: QuarterFigures, office: OfficeSettings, issued_on: date, is_refused: bool
) -> None:
    dated = replace(office, issued_on=issued_on)
    if not is_refused:
        assert words_of(figures, dated)["issued_on"] == "2023年7月1日"
        return
    with pytest.raises(PublicationError, match="issued_on is 2023-06-30, but the figures count up to"):
        words_of(figures, dated)


def test_a_name_is_one_line_of_what_can_be_shown() -> None:
    assert printable(" 甲\n# 乙\x00\ufffe\x0b医院　") == "甲 # 乙医院"


def test_a_name_is_escaped_where_markdown_would_read_it() -> None:
    assert escape_markdown("#甲*乙_(丙)|<丁>&") == "\\#甲\\*乙\\_(丙)\\|\\<丁\\>\\&"
