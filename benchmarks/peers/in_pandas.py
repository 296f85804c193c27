"""Reads the file as a pandas user would, text into values; what the pandas peers judge. See `in_polars`."""

from pathlib import Path

import pandas as pd

from peers.checks import (
    AMOUNT_DIFFERENCE,
    CLOCK_TOLERANCE_MINUTES,
    COLLECT_LIMIT,
    EMPTY_TEXTS,
    JUDGED_UPDATE_TIME,
    LATEST_RECEIPT,
    TEXT_SUFFIX,
    UNTYPED_SUFFIX,
    Column,
    Work,
)


def read_values(rows: Path, work: Work) -> pd.DataFrame:
    """Lineage, each column's values, texts and untyped texts where it is typed, and what is reckoned."""
    frame = pd.read_csv(rows, engine="pyarrow", dtype="str", keep_default_na=False)
    for column in work.columns:
        text = frame[column.code].str.strip()
        frame[column.code] = text.mask(text.isin(EMPTY_TEXTS))
    frame["upload_date"] = pd.to_datetime(frame["upload_date"], format="%Y-%m-%d")
    frame["line"] = pd.to_numeric(frame["line"])
    for column in work.columns:
        if column.type != "string":
            text = frame[column.code]
            value = _value(text, column)
            frame[column.code + TEXT_SUFFIX] = text
            frame[column.code + UNTYPED_SUFFIX] = text.where(value.isna())
            frame[column.code] = value
    return _with_reckoned(frame)


def _value(text: pd.Series, column: Column) -> pd.Series:
    shaped = text.where(text.str.match(column.shape, na=False))
    if column.type == "decimal":
        return pd.to_numeric(shaped, errors="coerce")
    return pd.to_datetime(shaped, format="%Y-%m-%d %H:%M:%S", errors="coerce")


def _with_reckoned(frame: pd.DataFrame) -> pd.DataFrame:
    latest = frame["upload_date"] + pd.Timedelta(days=1, minutes=CLOCK_TOLERANCE_MINUTES)
    frame[LATEST_RECEIPT] = latest
    updated = frame["update_time"]
    frame[COLLECT_LIMIT] = updated.where(updated <= latest, latest)
    frame[JUDGED_UPDATE_TIME] = updated.where(~(frame["collect_time"] > frame[COLLECT_LIMIT]))
    product = frame["unit_price"] * frame["quantity"]
    # Free of what binary fractions add.
    frame[AMOUNT_DIFFERENCE] = (frame["amount"] - product).abs().round(6)
    return frame
