"""Reads the file row by row as plain Python does, text into values; what the row by row peers judge."""

import csv
import re
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

from peers.checks import (
    AMOUNT_DIFFERENCE,
    CLOCK_TOLERANCE_MINUTES,
    COLLECT_LIMIT,
    EMPTY_TEXTS,
    JUDGED_UPDATE_TIME,
    LATEST_RECEIPT,
    TEXT_SUFFIX,
    UNTYPED_SUFFIX,
    Work,
)

Row = dict[str, object]
_EMPTY = frozenset(EMPTY_TEXTS)


def read_rows(rows: Path, work: Work) -> Iterator[Row]:
    """Each row: values, texts and untyped texts where it is typed, what is reckoned; see `in_polars`."""
    typed = [
        (column.code, re.compile(column.shape), float if column.type == "decimal" else datetime.fromisoformat)
        for column in work.columns
        if column.type != "string"
    ]
    latest: dict[str, datetime] = {}
    with rows.open(encoding="utf-8", newline="") as file:
        for texts in csv.DictReader(file):
            row = {name: _meaningful(text) for name, text in texts.items()}
            for code, shape, convert in typed:
                text = row[code]
                row[code + TEXT_SUFFIX] = text
                row[code] = _value(text, shape, convert)
                row[code + UNTYPED_SUFFIX] = text if row[code] is None else None
            day = row["upload_date"]
            if day not in latest:
                latest[day] = datetime.fromisoformat(day) + timedelta(days=1, minutes=CLOCK_TOLERANCE_MINUTES)
            row[LATEST_RECEIPT] = latest[day]
            yield _with_reckoned(row)


def _meaningful(text: str) -> str | None:
    trimmed = text.strip()
    return None if trimmed in _EMPTY else trimmed


def _value(text: str | None, shape: re.Pattern, convert: type | object) -> object:
    if text is None or not shape.match(text):
        return None
    try:
        return convert(text)
    except ValueError:
        return None


def _with_reckoned(row: Row) -> Row:
    collected, updated, latest = row["collect_time"], row["update_time"], row[LATEST_RECEIPT]
    row[COLLECT_LIMIT] = limit = min(updated, latest) if updated else latest
    row[JUDGED_UPDATE_TIME] = None if collected and collected > limit else updated
    figures = (row["amount"], row["unit_price"], row["quantity"])
    amount, price, quantity = figures
    row[AMOUNT_DIFFERENCE] = None if None in figures else round(abs(amount - price * quantity), 6)
    return row
