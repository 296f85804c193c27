"""Which keys a policy has, and between which bounds each value may lie."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal


@dataclass(frozen=True)
class Bounds:
    """A number from minimum to maximum, both included; whole unless `is_whole` is false."""

    minimum: int
    maximum: int
    is_whole: bool = True

    def admit(self, value: object) -> bool:
        """Whether a value of a policy file is such a number."""
        # bool is an int in Python, but `true` is no number in a policy.
        if isinstance(value, bool) or not isinstance(value, int if self.is_whole else (int, Decimal)):
            return False
        return self.minimum <= value <= self.maximum

    def __str__(self) -> str:
        return f"a {'whole ' if self.is_whole else ''}number from {self.minimum} to {self.maximum}"


PCT = Bounds(0, 100, is_whole=False)
POINTS = Bounds(0, 100, is_whole=False)
DAYS = Bounds(0, 366)
DECIMALS = Bounds(0, 6)
# At least half a year, as logs must be kept; at most ten years.
KEPT_DAYS = Bounds(180, 3660)
PAGES = Bounds(1, 1000)
HOSPITALS = Bounds(1, 100_000)
# What Polars and Arrow can still index; a value or a line must fit into memory many times over.
MEGABYTES = Bounds(1, 1_048_576)
ITEMS = Bounds(1, 100_000_000)
RATIO = Bounds(2, 1_000_000)

KEYS: Mapping[str, Mapping[str, Bounds]] = {
    "tiers": {"first_at_least_pct": PCT, "second_at_least_pct": PCT, "severely_missing_below_pct": PCT},
    "continuity": {"good_at_most_days": DAYS},
    "weights": {"total": POINTS, "connection": POINTS, "completeness": POINTS, "volume": POINTS},
    "comparison": {"improved_at_least_points": POINTS},
    "decimals": {
        "completeness_pct": DECIMALS,
        "qualified_pct": DECIMALS,
        "access_rate_pct": DECIMALS,
        "score": DECIMALS,
    },
    "deadlines": {"unconnected_report_days": DAYS, "rectification_days": DAYS},
    "retention": {"raw_days": KEPT_DAYS, "acceptance_pages": PAGES},
    "intake": {
        "file_mb": MEGABYTES,
        "large_file_mb": MEGABYTES,
        "expanded_mb": MEGABYTES,
        "archive_mb": MEGABYTES,
        "archive_members": ITEMS,
        "ratio": RATIO,
        "rows": ITEMS,
        "columns": ITEMS,
        "field_characters": ITEMS,
        "line_characters": ITEMS,
    },
    "applicability": {"renewal_within_days": DAYS},
    "upload_state": {"interrupted_above_days": DAYS},
    "patrol": {
        "history_days": DAYS,
        "normal_at_least_days": DAYS,
        "hospital_normal_at_least_pct": PCT,
        "table_normal_at_least_pct": PCT,
        "platform_at_least_pct": PCT,
        "platform_at_least_hospitals": HOSPITALS,
        "delayed_above_days": DAYS,
    },
}


def find_breaches(values: Mapping[str, object]) -> Iterator[str]:
    """Name each key that is missing, unknown or out of bounds; nothing for a sound policy."""
    breaches = [*_version_breaches(values), *_unknown_sections(values)]
    for section, bounds in KEYS.items():
        breaches += _section_breaches(section, values.get(section), bounds)
    yield from breaches
    # How values relate can be said only when each of them is sound.
    if not breaches:
        yield from _relation_breaches(values)


def _version_breaches(values: Mapping[str, object]) -> Iterator[str]:
    version = values.get("version")
    if not isinstance(version, str) or not version:
        yield 'version must be a text like "2023.1".'


def _unknown_sections(values: Mapping[str, object]) -> Iterator[str]:
    for name in sorted(values.keys() - KEYS.keys() - {"version"}):
        yield f"{name} is not known."


def _section_breaches(section: str, found: object, bounds: Mapping[str, Bounds]) -> Iterator[str]:
    if not isinstance(found, Mapping):
        yield f"[{section}] is missing."
        return
    for key in sorted(found.keys() - bounds.keys()):
        yield f"{section}.{key} is not known."
    for key, allowed in bounds.items():
        if key not in found:
            yield f"{section}.{key} is missing."
        elif not allowed.admit(found[key]):
            yield f"{section}.{key} must be {allowed}, not {found[key]}."


def _relation_breaches(values: Mapping[str, Mapping]) -> Iterator[str]:
    tiers, weights = values["tiers"], values["weights"]
    if not 0 < tiers["second_at_least_pct"] < tiers["first_at_least_pct"]:
        yield "tiers.second_at_least_pct must lie between 0 and tiers.first_at_least_pct."
    if tiers["severely_missing_below_pct"] > tiers["second_at_least_pct"]:
        yield "tiers.severely_missing_below_pct must not exceed tiers.second_at_least_pct."
    if values["intake"]["line_characters"] < values["intake"]["field_characters"]:
        yield "intake.line_characters must not be less than intake.field_characters."
    points = weights["connection"] + weights["completeness"] + weights["volume"]
    if points != weights["total"]:
        yield f"weights.total is {weights['total']}, but the weights add up to {points}."
