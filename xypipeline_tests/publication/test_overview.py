from dataclasses import replace
from decimal import Decimal

from xypipeline.policy.policy import Policy
from xypipeline.publication.overview import Totals, survey
from xypipeline_tests.publication.city import CITY, PROVINCE, UPLOADING


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
