from decimal import Decimal
from pathlib import Path

import pytest

from xypipeline.errors import PolicyError
from xypipeline.policy.bounds import KEYS
from xypipeline.policy.policy import POLICY_DIR
from xypipeline.policy.thresholds import (
    TITLES,
    ChangedThreshold,
    Threshold,
    changed_thresholds,
    find_policy,
    read_thresholds,
)

SHIPPED = POLICY_DIR / "2023.toml"


def edited(folder: Path, *edits: tuple[str, str]) -> Path:
    text = SHIPPED.read_text(encoding="utf-8")
    for before, after in edits:
        assert before in text
        text = text.replace(before, after)
    path = folder / "draft.toml"
    path.write_text(text, encoding="utf-8")
    return path


def test_every_number_of_a_policy_has_a_title() -> None:
    assert set(TITLES) == {f"{section}.{key}" for section, keys in KEYS.items() for key in keys}


def test_all_numbers_are_read() -> None:
    found = read_thresholds(SHIPPED)

    assert [one.key for one in found] == list(TITLES)
    assert found[0] == Threshold("tiers.first_at_least_pct", 60)


def test_what_differs_is_named_with_both_numbers(tmp_path: Path) -> None:
    draft = edited(
        tmp_path, ("first_at_least_pct = 60", "first_at_least_pct = 60.5"), ("score = 2", "score = 1")
    )

    assert changed_thresholds(SHIPPED, draft) == [
        ChangedThreshold(
            Threshold("tiers.first_at_least_pct", 60), Threshold("tiers.first_at_least_pct", Decimal("60.5"))
        ),
        ChangedThreshold(Threshold("decimals.score", 2), Threshold("decimals.score", 1)),
    ]
    assert [one.new.is_judging for one in changed_thresholds(SHIPPED, draft)] == [True, False]


def test_a_number_written_otherwise_is_no_difference(tmp_path: Path) -> None:
    assert changed_thresholds(SHIPPED, edited(tmp_path, ("at_least_pct = 60", "at_least_pct = 60.0"))) == []


@pytest.mark.parametrize(
    ("value", "shown"), [(60, "60 %"), (Decimal("60.50"), "60.5 %"), (Decimal("60.0"), "60 %"), (0, "0 %")]
)
def test_numbers_are_shown_with_their_unit(value: int | Decimal, shown: str) -> None:
    assert Threshold("tiers.first_at_least_pct", value).shown == shown


def test_a_policy_is_found_by_year_or_path(tmp_path: Path) -> None:
    draft = edited(tmp_path)

    assert [find_policy(text) for text in ("2023", "2024", str(draft))] == [SHIPPED, SHIPPED, draft]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("2022", "there is no policy for 2022; write 2022.toml"),
        ("missing.toml", "missing.toml is neither a year nor the path of a .toml file"),
        ("23", "23 is neither a year nor the path"),
    ],
)
def test_what_is_no_policy_is_told(text: str, message: str) -> None:
    with pytest.raises(PolicyError, match=message):
        find_policy(text)


def test_a_malformed_draft_is_told_by_its_keys(tmp_path: Path) -> None:
    draft = edited(tmp_path, ("volume = 10", "volume = 11"))

    with pytest.raises(PolicyError, match=r"draft.toml: weights.total is 40, but the weights add up to 41"):
        changed_thresholds(SHIPPED, draft)
