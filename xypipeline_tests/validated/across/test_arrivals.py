from datetime import date

import pytest

from xypipeline.validated.across.arrivals import Arrivals

ARRIVALS = Arrivals(
    {
        "A": {"lab_report": date(2023, 4, 10), "lab_result": date(2023, 4, 20)},
        "B": {"lab_report": date(2023, 4, 1)},
    }
)


@pytest.mark.parametrize(
    ("needs", "since"),
    [
        ([{"lab_report"}], {"A": date(2023, 4, 7), "B": date(2023, 3, 29)}),
        ([{"lab_report"}, {"lab_result"}], {"A": date(2023, 4, 17)}),
        ([{"lab_result", "lab_report"}], {"A": date(2023, 4, 7), "B": date(2023, 3, 29)}),
        ([{"staff"}], {}),
        ([], {"A": date.min, "B": date.min}),
    ],
    ids=["one table", "the last to arrive", "either of two", "sent by none", "nothing needed"],
)
def test_a_hospital_is_judged_from_the_review_days_before_what_the_rule_needs(
    needs: list[set[str]], since: dict[str, date]
) -> None:
    assert ARRIVALS.judged_since(needs) == since
