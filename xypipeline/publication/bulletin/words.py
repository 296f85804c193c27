"""The figures as the template may name them: all that a bulletin says and the office does not write."""

import re
from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from math import ceil

from xypipeline.errors import PublicationError
from xypipeline.harmless import escape_markdown
from xypipeline.policy.policy import Policy
from xypipeline.publication.bulletin.office import OfficeSettings
from xypipeline.publication.figures import QuarterFigures
from xypipeline.publication.overview import Interruption, Overview
from xypipeline.publication.wording import DEFINITIONS, TITLE, day_text, percent_text, quarter_title

_NOT_PRINTABLE = re.compile(r"[^\t\n\r\x20-\x7e\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def words_of(figures: QuarterFigures, office: OfficeSettings) -> dict[str, object]:
    """What the template may name; texts from outside are escaped for Markdown, so that none can shape it.

    Raises:
        PublicationError: the office dates the bulletin before the days that it counts are over.
    """
    quarter, as_of = figures.quarter, figures.as_of
    if office.issued_on and office.issued_on <= as_of:
        raise PublicationError(
            f"{quarter}.toml: issued_on is {office.issued_on}, but the figures count up to {as_of}; "
            "a bulletin is issued later than that."
        )
    return {
        "year": quarter.year,
        "quarter": quarter_title(quarter),
        "months": quarter.months_zh,
        "as_of": day_text(as_of),
        "is_draft": as_of < quarter.last,
        "number": office.number,
        "issued_on": office.issued_on and day_text(office.issued_on),
        "issue_year": (office.issued_on or quarter.following.first).year,
        "target_year": quarter.following.year,
        "attachment_title": TITLE,
        "definitions": DEFINITIONS,
        **_access(figures.overview),
        **_completeness(figures.overview, figures.policy, figures.attachment.tables_required),
        **_continuity(figures.overview, figures.policy),
        **_duties(quarter.last, figures.policy),
    }


def printable(text: str) -> str:
    """A text on one line, without characters that no document can show."""
    return " ".join(_NOT_PRINTABLE.sub("", text).split())


def _access(overview: Overview) -> Mapping[str, object]:
    totals = overview.totals
    return {
        "hospitals": totals.hospitals,
        "connected": totals.connected,
        "on_city_platform": totals.on_city_platform,
        "on_province_platform": _names(overview.on_province_platform),
        "access_rate": f"{overview.access_rate_pct}%",
        "unconnected": _names(overview.unconnected),
        "uploading": totals.uploading,
    }


def _completeness(overview: Overview, policy: Policy, tables_required: int) -> Mapping[str, object]:
    cutoffs = policy.tier_cutoffs
    return {
        "tables_required": tables_required,
        "tiers": {tier: _names(hospitals) for tier, hospitals in overview.tiers.items()},
        "first_cutoff": percent_text(cutoffs.first),
        "second_cutoff": percent_text(cutoffs.second),
        "first_missing": _most_missing(cutoffs.first, tables_required),
        "second_missing": _most_missing(cutoffs.second, tables_required),
        "severe_cutoff": percent_text(cutoffs.severely_missing),
        "severely_missing": _names(overview.severely_missing),
    }


def _most_missing(cutoff: Fraction, tables_required: int) -> int:
    """Tables that a hospital may lack and still reach the cut-off."""
    return tables_required - ceil(cutoff * tables_required)


def _continuity(overview: Overview, policy: Policy) -> Mapping[str, object]:
    return {
        "good_days": policy.good_continuity_days,
        "good_continuity": _names(overview.good_continuity),
        "partly_interrupted": _interruptions(overview.partly_interrupted),
        "wholly_interrupted": _interruptions(overview.wholly_interrupted),
    }


def _duties(last_day: date, policy: Policy) -> Mapping[str, object]:
    deadline = last_day + timedelta(days=policy.deadlines["unconnected_report_days"])
    weights = policy.weights
    year = "" if deadline.year == last_day.year else f"{deadline.year}年"
    return {
        "deadline": f"{year}{deadline.month}月{deadline.day}日",
        "points": _points(weights.total),
        "connection_points": _points(weights.connection),
        "completeness_points": _points(weights.completeness),
        "volume_points": _points(weights.volume),
    }


def _names(hospitals: Iterable[str]) -> list[str]:
    return [escape_markdown(printable(hospital)) for hospital in hospitals]


def _interruptions(interruptions: Iterable[Interruption]) -> list[str]:
    return [f"{escape_markdown(printable(one.hospital))}（{one.days}天）" for one in interruptions]


def _points(points: Decimal) -> str:
    return f"{points.normalize():f}"
