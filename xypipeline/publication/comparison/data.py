"""The comparison for programs: comparison.json."""

import json
from datetime import date
from decimal import Decimal

from xypipeline.policy.policy import Policy
from xypipeline.publication.attachment import AttachmentRow
from xypipeline.publication.comparison.compare import Comparison, HospitalChange
from xypipeline.publication.comparison.wording import no_comparison, rounded, year_rule
from xypipeline.publication.comparison.year import YearLedger
from xypipeline.publication.figures import QuarterFigures

_IDENTITY = ("seq", "district", "org_code", "hospital")
_FIGURES = ("tables_uploaded", "rows_uploaded", "interruption_days", "score", "rank")


def comparison_json(now: QuarterFigures, comparison: Comparison | None, ledger: YearLedger) -> bytes:
    """The comparison (null without a quarter before) and the year's ledger, figures as published."""
    content = {
        "period": str(now.quarter),
        "as_of": now.as_of.isoformat(),
        "policy_version": now.policy.version,
        "before": _before(comparison),
        "reason": no_comparison(now) if comparison is None else None,
        "good_continuity": list(now.overview.good_continuity),
        **(_changes(comparison) if comparison else {"improved": [], "left": [], "changes": []}),
        "year": _year(ledger),
    }
    return (json.dumps(content, ensure_ascii=False, indent=2, default=_plain) + "\n").encode()


def _before(comparison: Comparison | None) -> dict[str, object] | None:
    if comparison is None:
        return None
    return {"period": str(comparison.before.quarter), "as_of": comparison.before.as_of}


def _changes(comparison: Comparison) -> dict[str, object]:
    policy = comparison.now.policy
    return {
        "improved": [
            {
                "org_code": one.org_code,
                "hospital": one.hospital,
                "own_points": rounded(one.own_points, policy),
            }
            for one in comparison.improved
        ],
        "left": list(comparison.left),
        "changes": [_change(one, policy) for one in comparison.changes],
    }


def _change(change: HospitalChange, policy: Policy) -> dict[str, object]:
    movement = change.movement
    parts = ("places", "by_rules", "by_others", "by_own", "by_own_first")
    return {
        **{name: getattr(change.now, name) for name in _IDENTITY},
        "now": _figures(change.now),
        "before": _figures(change.before),
        "change": {
            "tables_uploaded": change.tables,
            "rows_uploaded": change.rows,
            "interruption_days": change.interruption_days,
            "score": rounded(change.score, policy),
        },
        "rank_movement": movement
        and {
            **{name: getattr(movement, name) for name in parts},
            "own_points": rounded(movement.own_points, policy),
        },
        "unmoved_because": change.unmoved_because,
    }


def _figures(row: AttachmentRow | None) -> dict[str, object] | None:
    return None if row is None else {name: getattr(row, name) for name in _FIGURES}


def _year(ledger: YearLedger) -> dict[str, object]:
    return {
        "year": ledger.year,
        "quarters": [str(quarter) for quarter in ledger.quarters],
        "most": ledger.most,
        "rule": year_rule(ledger),
        "hospitals": [
            {
                **{name: getattr(line, name) for name in _IDENTITY},
                "points": list(line.points),
                "unscored": list(line.unscored),
                "total": line.total,
                "mean": line.mean,
            }
            for line in ledger.lines
        ],
    }


def _plain(value: Decimal | date) -> float | str:
    # A float's shortest text is the decimal it came from, as short as these are.
    return float(value) if isinstance(value, Decimal) else value.isoformat()
