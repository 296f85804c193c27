"""Sums a quarter's standing up into what the bulletin says of the city as a whole."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

import polars as pl

TIERS = (1, 2, 3, 4)


@dataclass(frozen=True)
class Summary:
    """The city's figures; hospitals by name, in the attachment's order."""

    registered: int
    connected: int
    """To the platform of the city or of the province; connected / registered is the access rate."""
    unconnected: tuple[str, ...]
    on_province_platform: tuple[str, ...]
    tiers: Mapping[int, tuple[str, ...]]
    """Each tier's hospitals; of those on the city platform only."""
    severely_missing: tuple[str, ...]
    good_continuity: tuple[str, ...]
    rows_uploaded: int
    rows_accepted: int
    rows_qualified: int
    """rows_qualified / rows_accepted is the city's 合格率."""


def summarise(standing: pl.DataFrame) -> Summary:
    """Sum up one quarter's rows of `scores.standing`.

    Source: docs/scoring.md, clause 10.
    """
    standing = standing.sort("seq")
    unconnected = _names(standing, pl.col("platform").is_null())
    return Summary(
        registered=standing.height,
        connected=standing.height - len(unconnected),
        unconnected=unconnected,
        on_province_platform=_names(standing, pl.col("platform") == "province"),
        tiers=MappingProxyType({tier: _names(standing, pl.col("tier") == tier) for tier in TIERS}),
        severely_missing=_names(standing, pl.col("is_severely_missing")),
        good_continuity=_names(standing, pl.col("is_good_continuity")),
        rows_uploaded=standing["rows_uploaded"].sum(),
        rows_accepted=standing["rows_accepted"].sum(),
        rows_qualified=standing["rows_qualified"].sum(),
    )


def _names(standing: pl.DataFrame, condition: pl.Expr) -> tuple[str, ...]:
    return tuple(standing.filter(condition)["hospital"])
