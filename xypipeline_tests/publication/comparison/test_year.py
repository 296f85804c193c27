from decimal import Decimal

from xypipeline.periods import Quarter
from xypipeline.publication.comparison.year import YearLine, year_ledger
from xypipeline_tests.publication.comparison.quarters import FIRST, SECOND, hospital, judged

THIRD = Quarter(2023, 3)


def test_the_year_is_the_mean_of_the_scored_quarters() -> None:
    quarters = (
        judged(THIRD, hospital("H1", 51, 10), hospital("H2", 0, 0), hospital("H3", 0, 0, "province")),
        judged(FIRST, hospital("H1", 17, 10), hospital("H3", 0, 0, "province")),
        judged(Quarter(2022, 4), hospital("H9", 1, 1)),
    )
    ledger = year_ledger(quarters)

    assert (ledger.year, ledger.quarters, ledger.most) == (2023, (FIRST, SECOND, THIRD), 40)
    assert ledger.lines == (
        YearLine(
            seq=1,
            district="市直",
            org_code="H1",
            hospital="H1医院",
            points=(Decimal("26.67"), None, Decimal("40.00")),
            unscored=("2023Q2：该季度未统计",),
            total=Decimal("66.67"),
            mean=Decimal("33.33"),
        ),
        YearLine(
            seq=2,
            district="市直",
            org_code="H2",
            hospital="H2医院",
            points=(None, None, Decimal("10.00")),
            unscored=("2023Q1：不在册", "2023Q2：该季度未统计"),
            total=Decimal("10.00"),
            mean=Decimal("10.00"),
        ),
        YearLine(
            seq=3,
            district="市直",
            org_code="H3",
            hospital="H3医院",
            points=(None, None, None),
            unscored=(
                "2023Q1：已联通省全民健康信息平台",
                "2023Q2：该季度未统计",
                "2023Q3：已联通省全民健康信息平台",
            ),
            total=None,
            mean=None,
        ),
    )


def test_a_year_in_which_nobody_uploaded_says_why_nobody_is_scored() -> None:
    (line,) = year_ledger([judged(FIRST, hospital("H1", 0, 0))]).lines

    assert (line.points, line.mean, line.unscored) == ((None,), None, ("2023Q1：全市无数据，不评分",))
