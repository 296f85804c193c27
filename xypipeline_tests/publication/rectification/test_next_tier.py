from collections.abc import Iterable
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xypipeline.policy.policy import load_policy
from xypipeline.publication.details.model import HospitalDetail
from xypipeline.publication.rectification.next_tier import Uploaders, count_uploaders, find_next_tier
from xypipeline.scores.tiers import assign_tier
from xypipeline_tests.publication.details.hospitals import CATALOGUE, REGISTRY, empty_detail, tables

CUTOFFS = load_policy(2023).tier_cutoffs
REQUIRED = len(CATALOGUE.tables)
CODES = [one.org_code for one in REGISTRY.institutions]


def hospital(org_code: str, present: Iterable[str]) -> HospitalDetail:
    wanted = set(present)
    uploads = tuple(replace(one, rows_uploaded=int(one.table.code in wanted)) for one in tables(0))
    return replace(empty_detail(org_code, is_expected=True), tables=uploads)


def city(*uploads: Iterable[str]) -> tuple[dict[str, HospitalDetail], Uploaders]:
    """Hospitals with these tables; the last two are of another kind than the others."""
    details = {code: hospital(code, present) for code, present in zip(CODES, uploads, strict=True)}
    kinds = [
        replace(one, kind="tcm" if number > 1 else "general")
        for number, one in enumerate(REGISTRY.institutions)
    ]
    return details, count_uploaders(details, replace(REGISTRY, institutions=tuple(kinds)))


def test_tables_of_hospitals_of_its_kind_come_first_then_those_of_any_then_those_everyone_owes() -> None:
    details, uploaders = city((), ("exam_report",), ("staff", "lab_report"), ("staff",))
    # It has the first 26 tables of the standard, staff among them.
    detail = replace(details[CODES[0]], tables=tables(26))
    found = find_next_tier(detail, 2, CUTOFFS, uploaders)

    assert found is not None
    assert (found.tier, found.tables_wanted) == (1, 31)
    assert [(one.table.code, one.of_kind, one.of_all) for one in found.candidates] == [
        ("exam_report", 1, 1),
        ("lab_report", 0, 1),
        ("lab_result", 0, 0),
        ("infectious_report_card", 0, 0),
        ("daily_business_summary", 0, 0),
    ]


@pytest.mark.parametrize(("tier", "present"), [(1, 31), (None, 0)], ids=["first tier", "no tier"])
def test_there_is_no_way_up_from_the_first_tier_or_from_none(tier: int | None, present: int) -> None:
    details, uploaders = city((), (), (), ())
    detail = replace(details[CODES[0]], tables=tables(present))

    assert find_next_tier(detail, tier, CUTOFFS, uploaders) is None


def test_the_way_up_leads_over_tables_that_the_hospital_owes() -> None:
    details, uploaders = city((), ("exam_report",), (), ())
    excused = ("exam_report", "lab_report")
    uploads = tuple(replace(one, is_applicable=one.table.code not in excused) for one in tables(26))
    found = find_next_tier(replace(details[CODES[0]], tables=uploads), 2, CUTOFFS, uploaders)
    assert found is not None
    assert not {one.table.code for one in found.candidates} & set(excused)

    hardly_any = tuple(replace(one, is_applicable=number < 30) for number, one in enumerate(tables(26)))
    assert find_next_tier(replace(details[CODES[0]], tables=hardly_any), 2, CUTOFFS, uploaders) is None


@given(st.integers(0, REQUIRED))
def test_so_many_tables_more_are_just_enough(present: int) -> None:
    tier = assign_tier(present, REQUIRED, CUTOFFS)
    details, uploaders = city((), (), (), ())
    found = find_next_tier(replace(details[CODES[0]], tables=tables(present)), tier, CUTOFFS, uploaders)

    assert (found is None) == (tier == 1)
    if found:
        more = len(found.candidates)
        assert present + more == found.tables_wanted
        assert assign_tier(present + more, REQUIRED, CUTOFFS) == found.tier == tier - 1
        assert assign_tier(present + more - 1, REQUIRED, CUTOFFS) == tier
