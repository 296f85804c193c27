"""Reads plain uploads back, without anything of the package that reads them in earnest."""

import csv
from pathlib import Path

import polars as pl


def read_table(landing: Path, org_code: str, table_code: str) -> pl.DataFrame:
    """All rows of one table as text, with the upload date; ragged lines are left out."""
    frames = [pl.DataFrame()]
    for path in sorted(landing.glob(f"*/{org_code}/{table_code}.csv")):
        with path.open(encoding="utf-8", newline="") as file:
            header, *rows = csv.reader(file)
        whole = [row for row in rows if len(row) == len(header)]
        frame = pl.DataFrame(whole, schema=dict.fromkeys(header, pl.String), orient="row")
        frames.append(frame.with_columns(pl.lit(path.parts[-3]).alias("upload_date")))
    return pl.concat(frames, how="diagonal")


def tables_of(landing: Path, org_code: str) -> set[str]:
    """Codes of the tables that a hospital sent."""
    return {path.stem for path in landing.glob(f"*/{org_code}/*.csv")}


def upload_days(landing: Path, org_code: str) -> list[str]:
    """The days on which a hospital sent something, in order."""
    return sorted(path.parent.name for path in landing.glob(f"*/{org_code}"))


def record_keys(landing: Path, org_code: str, table_code: str, key: tuple[str, ...]) -> set[tuple]:
    """The distinct keys of a hospital's table."""
    return set(read_table(landing, org_code, table_code).select(key).unique().iter_rows())


def contents(landing: Path) -> dict[str, bytes]:
    """Every file but the simulator's own note, by path."""
    return {
        path.relative_to(landing).as_posix(): path.read_bytes()
        for path in landing.rglob("*")
        if path.is_file() and path.name != ".simulation.jsonl"
    }
