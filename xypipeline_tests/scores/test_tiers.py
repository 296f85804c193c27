import pytest

from xypipeline.policy.policy import load_policy
from xypipeline.scores.tiers import assign_tier, is_severely_missing

CUTOFFS = load_policy(2023).tier_cutoffs


@pytest.mark.parametrize(
    ("uploaded", "required", "tier"),
    [
        (51, 51, 1),
        (31, 51, 1),
        (30, 51, 2),
        (21, 51, 2),
        (20, 51, 3),
        (1, 51, 3),
        (0, 51, 4),
        pytest.param(30, 50, 1, id="exactly 60 %"),
        pytest.param(20, 50, 2, id="exactly 40 %"),
    ],
)
def test_a_share_on_the_cut_off_is_in_the_upper_tier(uploaded: int, required: int, tier: int) -> None:
    assert assign_tier(uploaded, required, CUTOFFS) == tier


@pytest.mark.parametrize(
    ("uploaded", "required", "is_severe"),
    [
        pytest.param(0, 51, False, id="nothing is its own tier"),
        (1, 51, True),
        (5, 51, True),
        (6, 51, False),
        pytest.param(5, 50, False, id="exactly 10 %"),
    ],
)
def test_below_a_tenth_is_severely_missing(uploaded: int, required: int, is_severe: bool) -> None:
    assert is_severely_missing(uploaded, required, CUTOFFS) == is_severe
