"""Which inapplicabilities end soon or have ended, and ask for a renewal."""

from datetime import date, timedelta
from typing import Literal

from xypipeline.registry.model import Inapplicability, Registry

Renewal = Literal["lapsing", "lapsed"]


def renewal_of(entry: Inapplicability, registry: Registry, day: date, within_days: int) -> Renewal | None:
    """How an entry asks for its renewal on a day; None where it does not.

    `lapsing` from `within_days` before its last day on, `lapsed` after it. Once the register has a later
    entry of the same hospital and table, the earlier one asks for nothing. A lapsed entry excuses nothing.

    Source: docs/scoring.md, clause 14.
    """
    last = entry.days.last or date.max
    if any(other.key == entry.key and other.days.first > last for other in registry.inapplicabilities):
        return None
    if day > last:
        return "lapsed"
    return "lapsing" if last - day <= timedelta(days=within_days) else None
