"""The state of each daily table reaches the hospital's details and its page."""

import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import date

from xypipeline.periods import Period
from xypipeline.publication.details.model import HospitalDetail
from xypipeline.publication.details.table_states import add_states
from xypipeline.publication.pages.dossier import compile_dossiers
from xypipeline.publication.pages.hospital_page import hospital_html
from xypipeline.registry.model import Inapplicability, Registry, Validity
from xypipeline_tests.publication.details.hospitals import CODES, FIGURES, UPLOADING_DETAIL
from xypipeline_tests.publication.scorecards.small_city import A1, AS_OF, day, warehouse

PERIOD = Period(FIGURES.quarter.first, AS_OF)


def states(registry: Registry, detail: HospitalDetail = UPLOADING_DETAIL) -> Mapping[str, str | None]:
    """Of A1, which sends patients until April 9 and nothing else, up to April 10."""
    with warehouse() as connection:
        details = add_states(connection, {A1: detail}, registry, PERIOD, FIGURES.policy)
    return {one.table.code: one.state for one in details[A1].tables}


def test_each_daily_table_has_its_state_and_no_other_table(registry: Registry) -> None:
    found = states(registry)

    frequencies = {one.table.code: one.table.expected_frequency for one in UPLOADING_DETAIL.tables}
    assert {code for code, state in found.items() if state} == {
        code for code, frequency in frequencies.items() if frequency == "daily"
    }
    assert (found["patient_info"], found["outpatient_visit"], found["department"]) == (
        "delayed",
        "never_connected",
        None,
    )


def test_days_on_which_a_table_is_excused_are_not_missed(registry: Registry) -> None:
    days = Validity(day(10), date(2023, 12, 31))
    entry = Inapplicability(A1, "patient_info", "suspended", days, "批复1号", "李四")

    assert states(replace(registry, inapplicabilities=(entry,)))["patient_info"] == "normal"


def test_an_inapplicable_table_is_not_carried_out(registry: Registry) -> None:
    excused = tuple(
        replace(one, is_applicable=one.table.code != "outpatient_visit") for one in UPLOADING_DETAIL.tables
    )

    assert (
        states(registry, replace(UPLOADING_DETAIL, tables=excused))["outpatient_visit"] == "not_carried_out"
    )


def test_the_page_says_the_state_of_each_table() -> None:
    present, missing = UPLOADING_DETAIL.present[0], UPLOADING_DETAIL.missing[0]
    told = {present.table.code: "interrupted", missing.table.code: "never_connected"}
    tables = tuple(replace(one, state=told.get(one.table.code)) for one in UPLOADING_DETAIL.tables)
    figures = replace(FIGURES, standings=FIGURES.standings[:1])
    (dossier,) = compile_dossiers(figures, {CODES[0]: replace(UPLOADING_DETAIL, tables=tables)}, {}, None)

    page = hospital_html(dossier, figures.attachment, has_attachment=True).decode()

    assert re.search(rf"<tr><td>{present.table.title_zh}</td>.*中断</td></tr>", page)
    assert re.search(rf"<tr><td>{missing.table.title_zh}<br>.*从未接入</td>", page)
