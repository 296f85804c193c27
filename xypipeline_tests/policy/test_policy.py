from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import pytest

from xypipeline.errors import PolicyError
from xypipeline.limits import Limits
from xypipeline.policy.policy import POLICY_DIR, PatrolCutoffs, Policy, TierCutoffs, Weights, load_policy

SHIPPED = (POLICY_DIR / "2023.toml").read_text(encoding="utf-8")


def write(folder: Path, year: int, text: str) -> Path:
    (folder / f"{year}.toml").write_text(text, encoding="utf-8")
    return folder


def test_the_shipped_policy_of_2023() -> None:
    assert load_policy(2023) == Policy(
        version="2023.1",
        year=2023,
        tier_cutoffs=TierCutoffs(Fraction(3, 5), Fraction(2, 5), Fraction(1, 10)),
        good_continuity_days=10,
        weights=Weights(Decimal(10), Decimal(20), Decimal(10)),
        decimals={"completeness_pct": 2, "qualified_pct": 2, "access_rate_pct": 0, "score": 2},
        improved_at_least_points=Decimal(1),
        deadlines={"unconnected_report_days": 3, "rectification_days": 30},
        raw_retention_days=180,
        limits=Limits(),
        acceptance_pages=10,
        renewal_within_days=30,
        patrol=PatrolCutoffs(14, 5, Decimal(50), Decimal(80), Decimal(50), 3, 3),
        interrupted_above_days=3,
    )


@pytest.mark.parametrize(("year", "found"), [(2023, 2023), (2024, 2023), (2025, 2025), (2030, 2025)])
def test_a_year_without_a_file_keeps_the_latest_before_it(tmp_path: Path, year: int, found: int) -> None:
    write(write(tmp_path, 2023, SHIPPED), 2025, SHIPPED)
    assert load_policy(year, tmp_path).year == found


def test_a_year_before_the_first_policy_is_refused(tmp_path: Path) -> None:
    with pytest.raises(PolicyError, match="there is no policy for 2022; write 2022.toml"):
        load_policy(2022, write(tmp_path, 2023, SHIPPED))


def test_a_share_with_decimals_is_exact(tmp_path: Path) -> None:
    text = SHIPPED.replace("first_at_least_pct = 60", "first_at_least_pct = 60.1")
    assert load_policy(2023, write(tmp_path, 2023, text)).tier_cutoffs.first == Fraction(601, 1000)


@pytest.mark.parametrize(
    ("before", "after", "breaches"),
    [
        ('version = "2023.1"', "", ['version must be a text like "2023.1".']),
        ("volume = 10", "volume = 11", ["weights.total is 40, but the weights add up to 41."]),
        ("volume = 10", "volume = -1", ["weights.volume must be a number from 0 to 100, not -1."]),
        ("volume = 10", "volume = true", ["weights.volume must be a number from 0 to 100, not True."]),
        (
            "score = 2",
            "score = 2.5",
            ["decimals.score must be a whole number from 0 to 6, not 2.5."],
        ),
        (
            "raw_days = 180",
            "raw_days = 179",
            ["retention.raw_days must be a whole number from 180 to 3660, not 179."],
        ),
        (
            "archive_members = 1000",
            "archive_members = 0",
            ["intake.archive_members must be a whole number from 1 to 100000000, not 0."],
        ),
        (
            "line_characters = 4194304",
            "line_characters = 1048575",
            ["intake.line_characters must not be less than intake.field_characters."],
        ),
        ("score = 2", "points = 2", ["decimals.points is not known.", "decimals.score is missing."]),
        ("[continuity]", "[gaps]", ["gaps is not known.", "[continuity] is missing."]),
        (
            "second_at_least_pct = 40",
            "second_at_least_pct = 60",
            ["tiers.second_at_least_pct must lie between 0 and tiers.first_at_least_pct."],
        ),
        (
            "severely_missing_below_pct = 10",
            "severely_missing_below_pct = 41",
            ["tiers.severely_missing_below_pct must not exceed tiers.second_at_least_pct."],
        ),
    ],
)
def test_a_value_out_of_bounds_is_refused(
    tmp_path: Path, before: str, after: str, breaches: list[str]
) -> None:
    write(tmp_path, 2023, SHIPPED.replace(before, after))
    with pytest.raises(PolicyError) as caught:
        load_policy(2023, tmp_path)
    assert str(caught.value).splitlines() == [f"{tmp_path}/2023.toml: {breach}" for breach in breaches]


def test_limits_in_megabytes_become_bytes(tmp_path: Path) -> None:
    text = SHIPPED.replace("\nfile_mb = 512", "\nfile_mb = 3").replace("\nratio = 200", "\nratio = 50")

    assert load_policy(2023, write(tmp_path, 2023, text)).limits == Limits(file_bytes=3 * 1024**2, ratio=50)


def test_a_file_that_is_no_toml_is_named(tmp_path: Path) -> None:
    with pytest.raises(PolicyError, match=r"2023\.toml"):
        load_policy(2023, write(tmp_path, 2023, "tiers"))
