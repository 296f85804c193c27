"""How many records each table of a simulated hospital has: whole numbers that add up exactly."""

from collections.abc import Mapping
from decimal import Decimal

from xypipeline.simulator.streams import StreamShape, most_discharges
from xypipeline.standard.model import Catalogue

SUMMARY = "daily_business_summary"
_DIAGNOSES, _VISITS, _TRANSFERS = "visit_diagnosis", "outpatient_visit", "transfer_record"
# A dictionary takes its smallest sensible size only where that is at most one row in a hundred.
_ROWS_PER_DICTIONARY_ROW = 100


def allocate_rows(
    rows: int,
    tables: tuple[str, ...],
    shapes: Mapping[str, StreamShape],
    catalogue: Catalogue,
    upload_days: int,
    stay_days: int,
) -> dict[str, int]:
    """Share `rows` among the tables by their expected share, each at least 1, no 1:1 child above its parent.

    Returns:
        By table code, in the order of `shapes`; discharges that are not uploaded are there too when another
        table needs them, and do not count.
    """
    ordered = [code for code in shapes if code in tables]
    counts = _dictionary_sizes(rows, ordered, shapes, catalogue)
    events = [code for code in ordered if code not in counts]
    if SUMMARY in events:
        wanted = rows * catalogue.tables[SUMMARY].expected_share / _total_share(ordered, catalogue)
        counts[SUMMARY] = max(1, min(upload_days * counts.get("department", 1), int(wanted)))
        events.remove(SUMMARY)
    counts |= _share_out(rows - sum(counts.values()), events, catalogue)
    counts = {code: counts[code] for code in ordered}
    elastic = _most_elastic(shapes, tables, catalogue)
    _hold_to_parents(counts, shapes, upload_days, stay_days)
    counts[elastic] += rows - sum(counts[code] for code in tables)
    _raise_to_parents(counts, shapes, tables, elastic)
    return counts


def _total_share(tables: list[str], catalogue: Catalogue) -> Decimal:
    return sum(catalogue.tables[code].expected_share for code in tables)


def _dictionary_sizes(
    rows: int, tables: list[str], shapes: Mapping[str, StreamShape], catalogue: Catalogue
) -> dict[str, int]:
    sizes = {}
    for code in tables:
        shape = shapes[code]
        if shape.link == "static":
            share = int(rows * catalogue.tables[code].expected_share / _total_share(tables, catalogue))
            smallest = max(1, min(shape.floor, rows // _ROWS_PER_DICTIONARY_ROW))
            sizes[code] = min(max(share, smallest), shape.cap)
    return sizes


def _share_out(rows: int, tables: list[str], catalogue: Catalogue) -> dict[str, int]:
    if not tables:
        return {}
    total, spare = _total_share(tables, catalogue), rows - len(tables)
    exact = {code: spare * catalogue.tables[code].expected_share / total for code in tables}
    counts = {code: 1 + int(share) for code, share in exact.items()}
    by_remainder = sorted(tables, key=lambda code: exact[code] % 1, reverse=True)
    for code in by_remainder[: rows - sum(counts.values())]:
        counts[code] += 1
    return counts


def _hold_to_parents(
    counts: dict[str, int], shapes: Mapping[str, StreamShape], upload_days: int, stay_days: int
) -> None:
    if "inpatient_admission" in counts:
        left = most_discharges(counts["inpatient_admission"], upload_days, stay_days)
        counts["inpatient_discharge"] = min(counts.get("inpatient_discharge", left), left)
    for code, shape in shapes.items():
        if code in counts and shape.of_each_parent and code != "inpatient_discharge":
            counts[code] = min(counts[code], counts[shape.parent])
    if counts.get(_TRANSFERS, 0) > 1:
        # Two rows tell of one transfer.
        counts[_TRANSFERS] -= counts[_TRANSFERS] % 2


def _most_elastic(shapes: Mapping[str, StreamShape], tables: tuple[str, ...], catalogue: Catalogue) -> str:
    """The table that takes what is left over: large, and free of its parents' number."""

    def elasticity(code: str) -> tuple[bool, bool, Decimal]:
        shape = shapes[code]
        is_free = not shape.of_each_parent and shape.cap != 1 and code != SUMMARY
        return (is_free, shape.link != "static", catalogue.tables[code].expected_share)

    return max(tables, key=elasticity)


def _raise_to_parents(
    counts: dict[str, int], shapes: Mapping[str, StreamShape], tables: tuple[str, ...], elastic: str
) -> None:
    """Give every parent its one child, at the expense of the elastic table, as far as that has rows."""
    due = [shape for shape in shapes.values() if shape.of_each_parent == "one" and shape.table_code in tables]
    if elastic in {shape.parent for shape in due}:
        return
    for shape in due:
        _raise(counts, shape.table_code, counts[shape.parent], elastic)
    if _DIAGNOSES in tables and _VISITS in tables:
        of_visits_pct = 100 - shapes[_DIAGNOSES].share_pct
        _raise(counts, _DIAGNOSES, -(-counts[_VISITS] * 100 // of_visits_pct), elastic)


def _raise(counts: dict[str, int], code: str, wanted: int, elastic: str) -> None:
    missing = max(0, wanted - counts[code])
    if missing < counts[elastic]:
        counts[code] += missing
        counts[elastic] -= missing
