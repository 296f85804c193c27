from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xypipeline.publication.details.model import DayRange, DayUpload, HospitalDetail
from xypipeline.publication.details.wording import range_text
from xypipeline_tests.publication.details.hospitals import SPAN, UPLOADING_DETAIL, day

APRIL = date(2023, 4, 25)


@pytest.mark.parametrize(
    ("upload", "state", "is_interruption"),
    [
        (day(APRIL, 1), "uploaded", False),
        (day(APRIL, 1, is_expected=False), "uploaded", False),
        (day(APRIL), "missing", True),
        (day(APRIL, files=2), "empty", True),
        (day(APRIL, is_expected=False), "not_expected", False),
        (day(APRIL, is_expected=False, files=1), "not_expected", False),
    ],
    ids=["rows", "rows unasked", "nothing", "nothing accepted", "not due", "files when not due"],
)
def test_the_state_of_a_day(upload: DayUpload, state: str, is_interruption: bool) -> None:
    assert (upload.state, upload.is_interruption) == (state, is_interruption)


def test_interruptions_are_told_as_ranges() -> None:
    assert UPLOADING_DETAIL.interruptions == (
        DayRange(APRIL, APRIL),
        DayRange(date(2023, 6, 29), date(2023, 6, 30)),
    )


@given(st.sets(st.sampled_from(list(SPAN.days()))))
def test_ranges_cover_each_interruption_day_once(missed: set[date]) -> None:
    days = tuple(day(one, 0 if one in missed else 1) for one in SPAN.days())
    ranges = HospitalDetail("H", days, (), (), (), 0).interruptions

    assert sum(one.days for one in ranges) == len(missed)
    assert all(any(one.first <= day <= one.last for one in ranges) for day in missed)


@pytest.mark.parametrize(
    ("first", "last", "text"),
    [
        (date(2023, 4, 25), date(2023, 4, 25), "4月25日"),
        (date(2023, 6, 23), date(2023, 6, 30), "6月23日至30日（8天）"),
        (date(2023, 4, 28), date(2023, 5, 3), "4月28日至5月3日（6天）"),
    ],
)
def test_a_range_in_words(first: date, last: date, text: str) -> None:
    assert range_text(DayRange(first, last)) == text
