from datetime import date, timedelta

import pytest

from xypipeline.registry.model import Inapplicability, Registry, Validity
from xypipeline.registry.renewal import Renewal, renewal_of

LAST = date(2023, 6, 30)


def entry(first: date, last: date, table_code: str = "staff") -> Inapplicability:
    return Inapplicability("A", table_code, "suspended", Validity(first, last), "批复", "李四")


ENTRY = entry(date(2023, 1, 1), LAST)


def asked(day: date, *others: Inapplicability) -> Renewal | None:
    registry = Registry("r", (), (), (), (ENTRY, *others))
    return renewal_of(ENTRY, registry, day, within_days=30)


@pytest.mark.parametrize(
    ("days_left", "renewal"), [(31, None), (30, "lapsing"), (0, "lapsing"), (-1, "lapsed"), (-400, "lapsed")]
)
def test_an_entry_asks_for_its_renewal_before_and_after_its_last_day(
    days_left: int, renewal: Renewal | None
) -> None:
    assert asked(LAST - timedelta(days=days_left)) == renewal


def test_a_renewed_entry_asks_for_nothing() -> None:
    later = entry(date(2023, 7, 1), date(2023, 12, 31))
    assert asked(LAST, later) is None
    assert asked(LAST + timedelta(days=9), later) is None


def test_other_entries_renew_nothing() -> None:
    other_table = entry(date(2023, 7, 1), date(2023, 12, 31), "department")
    earlier = entry(date(2022, 1, 1), date(2022, 12, 31))
    assert asked(LAST, other_table, earlier) == "lapsing"
