"""Reads the year's cut-offs, weights and rounding, and refuses a value out of bounds."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

from xypipeline.errors import PolicyError
from xypipeline.limits import MB, Limits
from xypipeline.policy.bounds import find_breaches

POLICY_DIR = Path(__file__).parent


@dataclass(frozen=True)
class TierCutoffs:
    """Shares of the required tables, exact; a hospital on a cut-off is in the upper tier."""

    first: Fraction
    second: Fraction
    severely_missing: Fraction
    """Below it a hospital of the third tier lacks nearly everything."""


@dataclass(frozen=True)
class Weights:
    """Points of the yearly assessment."""

    connection: Decimal
    completeness: Decimal
    volume: Decimal

    @property
    def total(self) -> Decimal:
        """The most a hospital can score."""
        return self.connection + self.completeness + self.volume


@dataclass(frozen=True)
class PatrolCutoffs:
    """What the daily patrol calls normal, and when a silence is the platform's; shares in percent, exact."""

    history_days: int
    """Calendar days before a silence that say what was normal."""
    normal_at_least_days: int
    """Fewer deliveries than this in that time show no habit."""
    hospital_normal_at_least_pct: Decimal
    """Of a hospital's expected days."""
    table_normal_at_least_pct: Decimal
    """Of the days on which the hospital uploaded anything."""
    platform_at_least_pct: Decimal
    """Of the hospitals that normally uploaded before the day on which they fell silent."""
    platform_at_least_hospitals: int
    delayed_above_days: int
    """Days from the newest event delivered to its upload that still are no delay."""


@dataclass(frozen=True)
class Policy:
    """How the figures of one year are judged and shown."""

    version: str
    year: int
    """The year from which it holds."""
    tier_cutoffs: TierCutoffs
    good_continuity_days: int
    """Most interruption days that still count as good."""
    weights: Weights
    improved_at_least_points: Decimal
    """Of its score a hospital must gain by its own change to be named as improved."""
    decimals: Mapping[str, int]
    """Decimals shown, by figure."""
    deadlines: Mapping[str, int]
    """Days after the quarter's end, by duty."""
    raw_retention_days: int
    """Days after the upload for which raw rows are kept, at least."""
    limits: Limits
    """What uploads may hold."""
    acceptance_pages: int
    """Outcomes of acceptance kept per period, the latest included."""
    renewal_within_days: int
    """Days before an inapplicability ends on which it asks for its renewal."""
    patrol: PatrolCutoffs
    interrupted_above_days: int
    """Expected days without a daily table, up to the cut-off day, that still are a delay."""


def load_policy(year: int, folder: Path = POLICY_DIR) -> Policy:
    """Read the policy of a year: its own file, or else that of the latest year before it.

    Raises:
        PolicyError: no file holds for the year, or one does with a value missing, unknown or out of bounds;
            the message names file and key of each.
    """
    path = find_policy_file(year, folder)
    return read_policy(path, int(path.stem))


def find_policy_file(year: int, folder: Path = POLICY_DIR) -> Path:
    """The file that holds for a year.

    Raises:
        PolicyError: there is none.
    """
    years = sorted(int(path.stem) for path in folder.glob("[0-9][0-9][0-9][0-9].toml"))
    earlier = [known for known in years if known <= year]
    if not earlier:
        raise PolicyError(f"{folder}: there is no policy for {year}; write {year}.toml.")
    return folder / f"{earlier[-1]}.toml"


def read_policy(path: Path, year: int) -> Policy:
    """Read a policy from a file of any name, as holding from a year.

    Raises:
        PolicyError: a value is missing, unknown or out of bounds; the message names file and key of each.
    """
    return _policy(year, read_values(path))


def read_values(path: Path) -> Mapping:
    """The version and the sections of a policy's file, as they stand there, once they are sound.

    Raises:
        PolicyError: as for `read_policy`.
    """
    values = _read(path)
    breaches = [f"{path}: {breach}" for breach in find_breaches(values)]
    if breaches:
        raise PolicyError("\n".join(breaches))
    return values


def _read(path: Path) -> dict:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"), parse_float=Decimal)
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise PolicyError(f"{path}: {error}") from error


def _policy(year: int, values: Mapping) -> Policy:
    tiers, weights = values["tiers"], values["weights"]
    return Policy(
        version=values["version"],
        year=year,
        tier_cutoffs=TierCutoffs(
            first=_share(tiers["first_at_least_pct"]),
            second=_share(tiers["second_at_least_pct"]),
            severely_missing=_share(tiers["severely_missing_below_pct"]),
        ),
        good_continuity_days=values["continuity"]["good_at_most_days"],
        weights=Weights(
            connection=Decimal(weights["connection"]),
            completeness=Decimal(weights["completeness"]),
            volume=Decimal(weights["volume"]),
        ),
        improved_at_least_points=Decimal(values["comparison"]["improved_at_least_points"]),
        decimals=dict(values["decimals"]),
        deadlines=dict(values["deadlines"]),
        raw_retention_days=values["retention"]["raw_days"],
        limits=_limits(values["intake"]),
        acceptance_pages=values["retention"]["acceptance_pages"],
        renewal_within_days=values["applicability"]["renewal_within_days"],
        patrol=_patrol(values["patrol"]),
        interrupted_above_days=values["upload_state"]["interrupted_above_days"],
    )


def _patrol(values: Mapping[str, int | Decimal]) -> PatrolCutoffs:
    return PatrolCutoffs(
        **{name: Decimal(value) if name.endswith("_pct") else value for name, value in values.items()}
    )


def _limits(values: Mapping[str, int]) -> Limits:
    return Limits(
        **{
            name.replace("_mb", "_bytes"): value * MB if name.endswith("_mb") else value
            for name, value in values.items()
        }
    )


def _share(pct: int | Decimal) -> Fraction:
    return Fraction(pct) / 100
