from dataclasses import replace
from datetime import date

import pytest

from xypipeline.registry.model import (
    Connection,
    Exemption,
    Inapplicability,
    Institution,
    Platform,
    Registry,
    Validity,
)

APRIL = {day: date(2023, 4, day) for day in range(1, 31)}


def hospital(org_code: str, registered: Validity) -> Institution:
    return Institution(
        seq=int(org_code),
        org_code=org_code,
        name=f"医院{org_code}",
        district="市直",
        district_code="411500",
        kind="general",
        level=None,
        registered=registered,
    )


def connection(org_code: str, platform: Platform, first: int, last: int | None) -> Connection:
    return Connection(org_code, platform, Validity(APRIL[first], last and APRIL[last]), note=None)


REGISTRY = Registry(
    version="test",
    institutions=(
        hospital("1", Validity(date(2023, 1, 1), None)),
        hospital("2", Validity(date(2023, 1, 1), APRIL[10])),
        hospital("3", Validity(APRIL[11], None)),
    ),
    connections=(
        connection("1", "city", 3, 6),
        connection("1", "city", 10, None),
        connection("2", "province", 1, None),
        connection("3", "province", 1, None),
        connection("3", "city", 5, 8),
    ),
    exemptions=(
        Exemption(None, "outage", Validity(APRIL[4], APRIL[4]), "平台停机公告"),
        Exemption("1", "closure", Validity(APRIL[11], APRIL[12]), "停业批复"),
        Exemption("3", "closure", Validity(APRIL[5], APRIL[6]), "停业批复"),
    ),
)


@pytest.mark.parametrize(("day", "org_codes"), [(10, ["1", "2"]), (11, ["1", "3"])])
def test_a_hospital_is_registered_from_its_first_to_its_last_day(day: int, org_codes: list[str]) -> None:
    assert [item.org_code for item in REGISTRY.registered_on(APRIL[day])] == org_codes


@pytest.mark.parametrize(
    ("org_code", "day", "platform"),
    [
        pytest.param("1", 2, None, id="before the first day"),
        pytest.param("1", 3, "city", id="on the first day"),
        pytest.param("1", 6, "city", id="on the last day"),
        pytest.param("1", 7, None, id="after the last day"),
        pytest.param("1", 30, "city", id="until further notice"),
        pytest.param("2", 1, "province", id="province"),
        pytest.param("3", 5, "city", id="both: the city counts"),
        pytest.param("9", 5, None, id="unknown hospital"),
    ],
)
def test_platform_is_that_of_the_day(org_code: str, day: int, platform: Platform | None) -> None:
    assert REGISTRY.platform_of(org_code, APRIL[day]) == platform


@pytest.mark.parametrize(
    ("org_code", "days"),
    [
        pytest.param("1", [3, 5, 6, 10, 13, 14], id="less the outage and its own closure"),
        pytest.param("2", [], id="never expected on the province platform"),
        pytest.param("3", [7, 8], id="only while on the city platform"),
    ],
)
def test_expected_days_are_connected_days_less_exemptions(org_code: str, days: list[int]) -> None:
    assert REGISTRY.expected_days(org_code, APRIL[1], APRIL[14]) == tuple(APRIL[day] for day in days)


def test_a_hospital_is_found_by_code_and_by_name() -> None:
    assert REGISTRY.find_institution("2") is REGISTRY.find_institution(" 医院2 ")
    assert REGISTRY.find_institution("医院") is None


def test_codes_are_those_of_all_hospitals_ever_registered() -> None:
    assert REGISTRY.org_codes == {"1", "2", "3"}


def excusing(*spans: tuple[str, int, int]) -> Registry:
    """The register with entries about `staff`: hospital, first and last day of April."""
    entries = (
        Inapplicability(org_code, "staff", "suspended", Validity(APRIL[first], APRIL[last]), "批复", "李四")
        for org_code, first, last in spans
    )
    return replace(REGISTRY, inapplicabilities=tuple(entries))


@pytest.mark.parametrize(
    ("spans", "is_inapplicable"),
    [
        pytest.param([("1", 1, 30)], True, id="on every day"),
        pytest.param([("1", 3, 14)], True, id="from the first expected day to the last"),
        pytest.param([("1", 4, 14)], False, id="a day too late"),
        pytest.param([("1", 3, 13)], False, id="a day too short"),
        pytest.param([("1", 3, 6), ("1", 10, 14)], True, id="not on days on which nothing is expected"),
        pytest.param([("1", 3, 9), ("1", 10, 13), ("1", 14, 20)], True, id="renewed"),
        pytest.param([("1", 15, 30)], False, id="later"),
        pytest.param([("2", 1, 30)], False, id="another hospital, of which nothing is expected"),
        pytest.param([], False, id="no entry"),
    ],
)
def test_a_table_is_inapplicable_when_each_expected_day_is_excused(
    spans: list[tuple[str, int, int]], is_inapplicable: bool
) -> None:
    found = excusing(*spans).inapplicable_tables(APRIL[1], APRIL[14])
    assert found == ({("1", "staff")} if is_inapplicable else set())


def test_excused_days_are_those_asked_for() -> None:
    registry = excusing(("1", 1, 5), ("3", 4, 9))
    assert list(registry.excused_days(APRIL[5], APRIL[6])) == [
        ("1", "staff", APRIL[5]),
        ("3", "staff", APRIL[5]),
        ("3", "staff", APRIL[6]),
    ]
