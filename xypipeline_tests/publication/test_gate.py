"""Each way in which a standing can be wrong is found, with hospital and figure, and blocks."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from decimal import Decimal
from functools import partial

import pytest

from xypipeline.errors import PublicationError
from xypipeline.policy.policy import Policy
from xypipeline.publication.gate import find_problems
from xypipeline.publication.standing import HospitalStanding
from xypipeline.registry.model import Registry
from xypipeline.standard.catalogue import current_catalogue
from xypipeline.warehouse import connect_in_memory
from xypipeline_tests.publication.city import (
    CITY,
    PROVINCE,
    QUARTER,
    SILENT,
    UNCONNECTED,
    UPLOADING,
    warehouse_of,
)

Standings = tuple[HospitalStanding, ...]


def problems_of(standings: Standings, registry: Registry, policy: Policy) -> list[str]:
    return find_problems(warehouse_of(standings), QUARTER, current_catalogue(), registry, policy)


def test_sound_figures_pass(registry: Registry, policy: Policy) -> None:
    assert problems_of(CITY, registry, policy) == []


CHANGES = {
    "tables above the standard": (
        {"tables_uploaded": 52},
        ["甲医院: tables_uploaded is 52, not between 0 and 51."],
    ),
    "standard of another size": (
        {"tables_required": 50},
        ["甲医院: tables_required is 50, but the standard has 51."],
    ),
    "more records than rows": (
        {"rows_uploaded": 1601},
        [
            "甲医院: rows_uploaded is 1601, not between 31 and 1600.",
            "甲医院: rows_uploaded is 1601, but its deliveries in the ledger sum to 1000.",
        ],
    ),
    "rows that the ledger does not have": (
        {"rows_uploaded": 1001},
        ["甲医院: rows_uploaded is 1001, but its deliveries in the ledger sum to 1000."],
    ),
    "accepted rows that the ledger does not have": (
        {"rows_accepted": 1650},
        ["甲医院: rows_accepted is 1650, but its deliveries in the ledger sum to 1600."],
    ),
    "more qualified than accepted": (
        {"rows_qualified": 1601},
        [
            "甲医院: rows_qualified is 1601, not between 0 and 1600.",
            "甲医院: rows_qualified is 1601, but its deliveries in the ledger sum to 1599.",
        ],
    ),
    "more upload days than days": (
        {"upload_days": 92},
        ["甲医院: upload_days is 92, not between 1 and 91."],
    ),
    "fewer interruptions than days without upload": (
        {"interruption_days": 2},
        ["甲医院: interruption_days is 2, not between 3 and 91."],
    ),
    "last upload after the cut-off": (
        {"last_upload_date": date(2023, 7, 1)},
        ["甲医院: last_upload_date is 2023-07-01, not between 2023-04-01 and 2023-06-30."],
    ),
    "score above the total": (
        {"score": Decimal("40.5")},
        ["甲医院: score is 40.5, not between 0 and 40."],
    ),
    "score below the second": (
        {"score": Decimal("9.5")},
        [
            "甲医院: rank is 1, but its score makes it 2.",
            "乙医院: rank is 2, but its score makes it 1.",
        ],
    ),
    "tier above its tables": (
        {"tables_uploaded": 30},
        ["甲医院: tier is 1, but 30 of 51 tables on the platform city make it 2."],
    ),
    "tier below its tables": (
        {"tier": 2},
        ["甲医院: tier is 2, but 31 of 51 tables on the platform city make it 1."],
    ),
    "continuity misjudged": (
        {"interruption_days": 11},
        ["甲医院: is_good_continuity is True, but there were 11 interruption days."],
    ),
    "uploaded, but never": (
        {"last_upload_date": None},
        ["甲医院: has uploaded tables, but no last_upload_date."],
    ),
    "name like a formula": (
        {"hospital": "=甲医院"},
        [
            "甲医院 (A1, number 1, 市直): is registered, but has no line.",
            "=甲医院 (A1, number 1, 市直): has a line, but is not registered like that.",
            "=甲医院: hospital begins like a formula of a spreadsheet.",
        ],
    ),
}


@pytest.mark.parametrize(("change", "expected"), CHANGES.values(), ids=CHANGES)
def test_a_wrong_figure_is_named_with_its_hospital(
    change: dict[str, object],
    expected: list[str],
    registry: Registry,
    policy: Policy,
) -> None:
    city = (replace(UPLOADING, **change), *CITY[1:])

    assert problems_of(city, registry, policy) == expected


SILENCES = {
    "interrupted without an upload": (
        (UPLOADING, replace(SILENT, interruption_days=91, is_good_continuity=False), PROVINCE, UNCONNECTED),
        ["乙医院: has interruption_days, but has uploaded nothing."],
    ),
    "blank without a reason": (
        (UPLOADING, replace(SILENT, remark=None), PROVINCE, UNCONNECTED),
        ["乙医院: has uploaded nothing, and no remark says why."],
    ),
    "province scored": (
        (UPLOADING, SILENT, replace(PROVINCE, score=Decimal(0), rank=3), UNCONNECTED),
        ["丙医院: is on the province platform, but has a score."],
    ),
    "unconnected in a tier": (
        (UPLOADING, SILENT, PROVINCE, replace(UNCONNECTED, tier=4)),
        ["丁医院: tier is 4, but 0 of 51 tables on the platform None make it None."],
    ),
    "hospital missing": (
        (UPLOADING, SILENT, PROVINCE),
        ["丁医院 (D4, number 4, 新县): is registered, but has no line."],
    ),
    "hospital twice": (
        (*CITY, UNCONNECTED),
        ["丁医院 (D4, number 4, 新县): has 2 lines."],
    ),
    "hospital under another number": (
        (UPLOADING, SILENT, PROVINCE, replace(UNCONNECTED, seq=5)),
        [
            "丁医院 (D4, number 4, 新县): is registered, but has no line.",
            "丁医院 (D4, number 5, 新县): has a line, but is not registered like that.",
        ],
    ),
    "another policy": (
        tuple(replace(standing, policy_version="2022.1") for standing in CITY),
        ["policy_version is 2022.1, but 2023.1 is in force; score the quarter again."],
    ),
}


@pytest.mark.parametrize(("standings", "expected"), SILENCES.values(), ids=SILENCES)
def test_a_line_that_contradicts_the_register_or_itself_is_named(
    standings: Standings,
    expected: list[str],
    registry: Registry,
    policy: Policy,
) -> None:
    assert problems_of(standings, registry, policy) == expected


def test_equals_share_a_rank_and_the_next_one_is_skipped(registry: Registry, policy: Policy) -> None:
    second = replace(SILENT, score=Decimal(0), rank=2)
    third = replace(UNCONNECTED, rank=2)

    assert problems_of((UPLOADING, second, PROVINCE, third), registry, policy) == []


@pytest.mark.parametrize(
    "open_warehouse",
    [partial(warehouse_of, CITY), connect_in_memory],
    ids=["another quarter only", "nothing at all"],
)
def test_a_quarter_that_was_not_scored_cannot_be_published(
    open_warehouse: Callable, registry: Registry, policy: Policy
) -> None:
    with pytest.raises(PublicationError, match="run"):
        find_problems(open_warehouse(), QUARTER.following, current_catalogue(), registry, policy)
