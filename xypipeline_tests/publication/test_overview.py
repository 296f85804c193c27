from dataclasses import replace
from datetime import date
from decimal import Decimal

from xypipeline.policy.policy import Policy
from xypipeline.publication.overview import Interruption, Totals, survey
from xypipeline_tests.publication.city import CITY, PROVINCE, SILENT, UPLOADING


def test_districts_are_summed_in_the_order_of_the_attachment(policy: Policy) -> None:
    municipal = Totals(
        name="市直",
        hospitals=2,
        on_city_platform=2,
        on_province_platform=0,
        uploading=1,
        by_tier={1: 1, 2: 0, 3: 0, 4: 1},
        good_continuity=1,
        rows_uploaded=1000,
        qualified_pct=Decimal("99.94"),
    )
    county = Totals(
        name="新县",
        hospitals=2,
        on_city_platform=0,
        on_province_platform=1,
        uploading=0,
        by_tier={1: 0, 2: 0, 3: 0, 4: 0},
        good_continuity=0,
        rows_uploaded=0,
        qualified_pct=None,
    )

    assert survey(CITY, policy).districts == (municipal, county)


def test_the_access_rate_counts_both_platforms_and_is_rounded_half_up(policy: Policy) -> None:
    connected = (UPLOADING,) * 4 + (PROVINCE,)
    unconnected = (replace(PROVINCE, platform=None),) * 3

    # 5 of 8 are 62.5 %.
    assert survey(connected + unconnected, policy).access_rate_pct == 63


def test_the_unconnected_and_the_provinces_hospitals_are_named(policy: Policy) -> None:
    overview = survey(CITY, policy)

    assert (overview.unconnected, overview.on_province_platform) == (("丁医院",), ("丙医院",))


def test_silent_for_longer_than_good_continuity_allows_is_wholly_interrupted(policy: Policy) -> None:
    interrupted = replace(UPLOADING, interruption_days=11, is_good_continuity=False)
    standings = (
        UPLOADING,
        # The cut-off day is 30 June: 10 days are allowed, the eleventh is not.
        replace(interrupted, hospital="戊医院", last_upload_date=date(2023, 6, 20)),
        replace(interrupted, hospital="己医院", last_upload_date=date(2023, 6, 19), interruption_days=12),
        replace(interrupted, hospital="庚医院", platform=None),
        SILENT,
        PROVINCE,
    )
    overview = survey(standings, policy)

    assert overview.good_continuity == ("甲医院",)
    assert overview.partly_interrupted == (Interruption("戊医院", 11),)
    assert overview.wholly_interrupted == (Interruption("己医院", 12),)
