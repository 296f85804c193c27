"""Checks the figures of editions: against their own frozen ledger, and against the warehouse as it is now."""

from collections.abc import Mapping
from datetime import date

import polars as pl
from duckdb import DuckDBPyConnection
from pandera.errors import SchemaErrors

from xypipeline.periods import Quarter
from xypipeline.publication.editions.evidence import FIGURES, KEYS, LEDGER, STANDING, as_frozen, read_current
from xypipeline.publication.editions.period_folder import Edition
from xypipeline.publication.editions.snapshot import Snapshot, read_snapshot
from xypipeline.verification.frozen_basis import frozen_basis
from xypipeline.verification.recomputation import find_differences, recompute
from xypipeline.verification.verdict import Verdict


def verify_arithmetic(edition: Edition) -> Verdict:
    """Whether the frozen figures follow from the frozen ledger, policy and register.

    Raises:
        PublicationError: the edition is not whole, or this program lacks its version of the standard.
    """
    snapshot = read_snapshot(edition)
    return _compare_standings(
        f"第 {edition.number} 版的指标（由该版冻结的台账重新计算）", edition, snapshot, snapshot.table(LEDGER)
    )


def verify_warehouse(connection: DuckDBPyConnection, edition: Edition) -> list[Verdict]:
    """Whether the warehouse still has the frozen ledger and figures, and computes the same from what it has.

    Raises:
        PublicationError: the edition is not whole, or the warehouse lacks a table.
    """
    snapshot = read_snapshot(edition)
    quarter, as_of = snapshot.facts.quarter, snapshot.facts.cut_off
    ledger = as_frozen(read_current(connection, LEDGER, quarter, as_of))
    return [
        _verify_stored(connection, edition, snapshot, quarter, as_of),
        _verify_ledger(edition, snapshot, ledger),
        _compare_standings(
            f"第 {edition.number} 版的指标（由数据库现有台账重新计算）", edition, snapshot, ledger
        ),
    ]


def _compare_standings(subject: str, edition: Edition, snapshot: Snapshot, ledger: pl.DataFrame) -> Verdict:
    basis = frozen_basis(edition)
    try:
        found = recompute(ledger, basis, snapshot.facts.quarter, snapshot.facts.cut_off)
    except SchemaErrors:
        # Its text has the whole row; which rows of the ledger were altered is named beside this.
        return Verdict(subject, "无法重新计算", ["台账中的数自相矛盾，如合格行数多于有效行数"])
    return Verdict(subject, _extent(snapshot, *FIGURES), _differences(snapshot, found))


def _verify_stored(
    connection: DuckDBPyConnection, edition: Edition, snapshot: Snapshot, quarter: Quarter, as_of: date
) -> Verdict:
    stored = {name: as_frozen(read_current(connection, name, quarter, as_of)) for name in FIGURES}
    subject = f"第 {edition.number} 版的指标（与数据库所存对照）"
    return Verdict(subject, _extent(snapshot, *FIGURES), _differences(snapshot, stored))


def _verify_ledger(edition: Edition, snapshot: Snapshot, ledger: pl.DataFrame) -> Verdict:
    subject = f"第 {edition.number} 版的台账（与数据库现有台账对照）"
    return Verdict(subject, _extent(snapshot, LEDGER), _differences(snapshot, {LEDGER: ledger}))


def _differences(snapshot: Snapshot, found: Mapping[str, pl.DataFrame]) -> list[str]:
    names = dict(snapshot.table(STANDING).select("org_code", "hospital").iter_rows())
    return [
        difference
        for name, frame in found.items()
        for difference in find_differences(snapshot.table(name), frame, KEYS[name], names)
    ]


def _extent(snapshot: Snapshot, *names: str) -> str:
    values = sum(frame.height * frame.width for frame in map(snapshot.table, names))
    return f"{values:,} 个数"
