"""Lays the figures out for Great Expectations: one line per hospital, what is found beside what is due."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import asdict

import pandas as pd

from xypipeline.publication.acceptance.material import Material
from xypipeline.publication.attachment import compose_attachment
from xypipeline.publication.standing import HospitalStanding

LINE, DUE, PUBLISHED = "line", "due_", "published_"
_IDENTITY = ("seq", "hospital", "district")


def lay_out_roll(material: Material) -> pd.DataFrame:
    """One line per hospital that has a standing or is registered: how many lines, under what name."""
    lines = Counter(one.org_code for one in material.found)
    found = {one.org_code: one for one in material.found}
    due = {one.org_code: one for one in material.due}
    return _frame(
        {
            "org_code": org_code,
            "name": (found.get(org_code) or due[org_code]).hospital,
            "lines": lines[org_code],
            "due_lines": int(org_code in due),
            **_identity(found.get(org_code), ""),
            **_identity(due.get(org_code), DUE),
        }
        for org_code in dict.fromkeys([*due, *found])
    )


def lay_out_figures(material: Material) -> pd.DataFrame:
    """One line per standing of a registered hospital: its figures, those due, and both as published."""
    due = {one.org_code: one for one in material.due}
    found = [one for one in material.found if one.org_code in due]
    return _frame(
        {
            "name": one.hospital,
            **asdict(one),
            **_prefixed(DUE, asdict(due[one.org_code])),
            **_published(one, material, PUBLISHED),
            **_published(due[one.org_code], material, DUE + PUBLISHED),
            "first_day": material.quarter.first,
            "days": (one.as_of - material.quarter.first).days + 1,
            "least_interruption_days": max(0, one.expected_days - one.upload_days),
        }
        for one in found
    )


def lay_out_revisions(material: Material) -> pd.DataFrame:
    """One line per figure that differs from the edition in force."""
    return _frame({"name": one.hospital, **asdict(one)} for one in material.revisions)


def _identity(standing: HospitalStanding | None, prefix: str) -> dict[str, object]:
    return {prefix + name: standing and getattr(standing, name) for name in _IDENTITY}


def _published(standing: HospitalStanding, material: Material, prefix: str) -> dict[str, object]:
    row = compose_attachment((standing,), dict(material.decimals)).rows[0]
    return _prefixed(prefix, asdict(row))


def _prefixed(prefix: str, values: Mapping[str, object]) -> dict[str, object]:
    return {prefix + name: value for name, value in values.items()}


def _frame(rows: Iterable[Mapping[str, object]]) -> pd.DataFrame:
    # As objects: decimals and dates stay exact, and a blank stays a blank.
    listed = [{LINE: line, **row} for line, row in enumerate(rows)]
    return pd.DataFrame(listed, dtype=object)
