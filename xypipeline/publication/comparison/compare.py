"""Holds a quarter's figures against those of the quarter before; changes are exact."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import TypeVar

from xypipeline.publication.attachment import AttachmentRow
from xypipeline.publication.comparison.movement import Movement, Rejudge, explain_movements
from xypipeline.publication.figures import QuarterFigures
from xypipeline.publication.standing import HospitalStanding

Number = TypeVar("Number", int, Decimal)


@dataclass(frozen=True)
class HospitalChange:
    """One hospital's figures of both quarters, as published, and the changes."""

    now: AttachmentRow
    before: AttachmentRow | None
    """None: not registered in the quarter before."""
    tables: int | None
    """More tables uploaded than before; None where neither quarter has any."""
    rows: int | None
    interruption_days: int | None
    """None unless both quarters have the figure."""
    score: Decimal | None
    """Exact."""
    movement: Movement | None
    unmoved_because: str | None
    """In Chinese, why there is no movement."""


@dataclass(frozen=True)
class Improvement:
    """A hospital whose own change raised its score by at least what the policy asks for."""

    org_code: str
    hospital: str
    district: str
    own_points: Decimal
    """Exact: what its own change added to its score."""


@dataclass(frozen=True)
class Comparison:
    """A quarter against the one before."""

    now: QuarterFigures
    before: QuarterFigures
    changes: tuple[HospitalChange, ...]
    """In the attachment's order."""
    improved: tuple[Improvement, ...]
    """The most improved first."""
    left: tuple[str, ...]
    """Hospitals of the quarter before that are registered no more, by name."""


def compare_quarters(
    now: QuarterFigures, before: QuarterFigures | None, rejudge: Rejudge
) -> Comparison | None:
    """What changed since the quarter before; None when that was not scored.

    Source: docs/scoring.md, clause 12.

    Raises:
        PublicationError: this quarter's ranks are not those that its figures and the policy in force give.
    """
    if before is None:
        return None
    movements = explain_movements(now, before, rejudge)
    past = {
        one.org_code: (row, one) for row, one in zip(before.attachment.rows, before.standings, strict=True)
    }
    registered = {one.org_code for one in now.standings}
    return Comparison(
        now=now,
        before=before,
        changes=tuple(
            _change(row, one, *past.get(one.org_code, (None, None)), movements.get(one.org_code))
            for row, one in zip(now.attachment.rows, now.standings, strict=True)
        ),
        improved=_improved(now, movements),
        left=tuple(one.hospital for one in before.standings if one.org_code not in registered),
    )


def _change(
    row: AttachmentRow,
    now: HospitalStanding,
    row_before: AttachmentRow | None,
    before: HospitalStanding | None,
    movement: Movement | None,
) -> HospitalChange:
    has_uploads = before is not None and (now.has_uploaded or before.has_uploaded)
    return HospitalChange(
        now=row,
        before=row_before,
        tables=now.tables_uploaded - before.tables_uploaded if has_uploads else None,
        rows=now.rows_uploaded - before.rows_uploaded if has_uploads else None,
        interruption_days=_difference(now.interruption_days, before and before.interruption_days),
        score=_difference(now.score, before and before.score),
        movement=movement,
        unmoved_because=None if movement else _reason(now, before),
    )


def _difference(now: Number | None, before: Number | None) -> Number | None:
    return None if now is None or before is None else now - before


def _reason(now: HospitalStanding, before: HospitalStanding | None) -> str:
    if before is None:
        return "上季度不在册"
    if before.rank is None:
        return "上季度未评分"
    return "本季度未评分" if now.rank is None else "没有可比的数据"


def _improved(now: QuarterFigures, movements: Mapping[str, Movement]) -> tuple[Improvement, ...]:
    least = now.policy.improved_at_least_points
    found = [
        Improvement(one.org_code, one.hospital, one.district, movements[one.org_code].own_points)
        for one in now.standings
        if one.org_code in movements and movements[one.org_code].own_points >= least
    ]
    # Stable: equals stay in the attachment's order.
    return tuple(sorted(found, key=lambda one: -one.own_points))
