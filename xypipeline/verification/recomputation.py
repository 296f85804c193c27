"""Computes a frozen edition's standings again, from a ledger, with the frozen policy and register."""

from collections.abc import Mapping
from datetime import date

import polars as pl

from xypipeline.periods import Quarter
from xypipeline.publication.editions.basis import Basis
from xypipeline.publication.editions.evidence import FIGURES, as_frozen, read_current
from xypipeline.scores.standing import score_quarter
from xypipeline.scores.store import create_tables
from xypipeline.warehouse import connect_in_memory, insert_frame


def recompute(ledger: pl.DataFrame, basis: Basis, quarter: Quarter, as_of: date) -> dict[str, pl.DataFrame]:
    """The standings that follow from a ledger, by the name of their frozen table, every value as text.

    Args:
        ledger: the columns of `scores.ledger`, as text.
        basis: what to score with.
        quarter: the quarter scored.
        as_of: its cut-off day.
    """
    with connect_in_memory() as connection:
        create_tables(connection)
        insert_frame(connection, "scores.ledger", ledger)
        score_quarter(connection, basis.catalogue, basis.registry, basis.policy, quarter, as_of)
        return {name: as_frozen(read_current(connection, name, quarter, as_of)) for name in FIGURES}


def find_differences(
    frozen: pl.DataFrame, found: pl.DataFrame, keys: tuple[str, ...], names: Mapping[str, str]
) -> list[str]:
    """Each value that differs between two tables of text: where, which column, frozen and found.

    Args:
        frozen: as frozen.
        found: as computed, or as stored now.
        keys: the columns that identify a row.
        names: hospitals' names by org_code.
    """
    before, now = (_by_key(frame, keys) for frame in (frozen, found))
    differences = []
    for key in sorted(before.keys() | now.keys()):
        place = " ".join(names.get(part, part) for part in key)
        if key not in now or key not in before:
            differences.append(f"{place}：{'现在没有这一行' if key in before else '冻结时没有这一行'}")
            continue
        for column, value in before[key].items():
            if now[key][column] != value:
                differences.append(f"{place} {column}：冻结 {_shown(value)}，现为 {_shown(now[key][column])}")
    return differences


def _by_key(frame: pl.DataFrame, keys: tuple[str, ...]) -> dict[tuple[str, ...], dict[str, str | None]]:
    return {tuple(row[name] for name in keys): row for row in frame.iter_rows(named=True)}


def _shown(value: str | None) -> str:
    return "空" if value is None else value
