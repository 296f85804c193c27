"""Checks the uploaded files that an edition rests on: in the warehouse's list, and as they lie in landing."""

from collections.abc import Mapping
from datetime import date
from pathlib import Path

import polars as pl
from duckdb import DuckDBPyConnection

from xypipeline.errors import PublicationError
from xypipeline.landing.inventory import scan
from xypipeline.landing.walk import Door
from xypipeline.periods import Quarter
from xypipeline.publication.editions.basis import Basis
from xypipeline.publication.editions.evidence import INPUTS, LEDGER, STANDING, as_frozen, read_current
from xypipeline.publication.editions.input_changes import InputChange, find_input_changes
from xypipeline.publication.editions.period_folder import Edition
from xypipeline.publication.editions.snapshot import Snapshot, read_snapshot
from xypipeline.verification.frozen_basis import frozen_basis
from xypipeline.verification.verdict import Verdict

_FIGURES_ZH = "上传表数量、已上传数据量、中断天数、得分和名次"
_SINCE_INTAKE_ZH: Mapping[str, str] = {
    "added": "接收后新到",
    "changed": "接收后内容已变",
    "gone": "接收后不见了",
}
_KINDS_ZH: Mapping[str, str] = {"added": "公布后新到", "changed": "公布后有变更", "gone": "公布后不再在案"}


def verify_inputs(connection: DuckDBPyConnection, edition: Edition) -> Verdict:
    """Whether the warehouse lists the same files, with the same content and fate, as when they were frozen.

    Raises:
        PublicationError: the edition is not whole, or the warehouse lacks the list.
    """
    snapshot = read_snapshot(edition)
    frozen = snapshot.table(INPUTS)
    current = as_frozen(read_current(connection, INPUTS, snapshot.facts.quarter, snapshot.facts.cut_off))
    subject = f"第 {edition.number} 版的上传文件（与数据库现有清单对照）"
    changes = find_input_changes(frozen, current)
    return Verdict(subject, f"{frozen.height:,} 个文件", _named(changes, snapshot))


def verify_landing(landing_dir: Path, edition: Edition) -> Verdict:
    """Whether the files themselves, read again from the first byte to the last, are those that were frozen.

    Raises:
        LandingError: there is no landing folder.
        PublicationError: the edition is not whole, or this program lacks its version of the standard.
    """
    snapshot, basis = read_snapshot(edition), frozen_basis(edition)
    found = _read_again(landing_dir, basis, snapshot.facts.quarter.first, snapshot.facts.cut_off)
    frozen = snapshot.table(INPUTS).with_columns(pl.lit(None, dtype=pl.String).alias("status"))
    subject = f"第 {edition.number} 版的上传文件（逐个读取 {landing_dir}）"
    changes = find_input_changes(frozen, found)
    return Verdict(subject, f"{frozen.height:,} 个文件", _named(changes, snapshot))


def verify_taken_in(
    connection: DuckDBPyConnection, landing_dir: Path, basis: Basis, quarter: Quarter
) -> Verdict:
    """Whether the files of a quarter, read again, are those that were taken in; published or not.

    Raises:
        LandingError: there is no landing folder.
        PublicationError: nothing of the quarter was taken in.
    """
    taken_in = as_frozen(read_current(connection, INPUTS, quarter, quarter.last))
    if taken_in.is_empty():
        raise PublicationError(f"No file of {quarter} was taken in; run {quarter} first.")
    days = taken_in["upload_date"].str.to_date()
    found = _read_again(landing_dir, basis, days.min(), days.max())
    changes = find_input_changes(taken_in.with_columns(pl.lit(None, dtype=pl.String).alias("status")), found)
    named = [f"{change.path}：{_SINCE_INTAKE_ZH[change.kind]}" for change in changes]
    return Verdict(
        f"{quarter} 已接收的上传文件（逐个读取 {landing_dir}）", f"{taken_in.height:,} 个文件", named
    )


def _read_again(landing_dir: Path, basis: Basis, first: date, last: date) -> pl.DataFrame:
    door = Door(landing_dir, basis.registry.org_codes, basis.catalogue, basis.policy.limits)
    found = [
        {
            "path": arrival.path,
            "sha256": arrival.sha256,
            "upload_date": arrival.upload_date.isoformat(),
            "org_code": arrival.org_code,
            # What became of a file is not seen from outside.
            "status": None,
        }
        for arrival in scan(door, first, last)
        if arrival.upload_date
    ]
    columns = dict.fromkeys(("path", "sha256", "upload_date", "org_code", "status"), pl.String)
    return pl.DataFrame(found, schema=columns)


def _named(changes: list[InputChange], snapshot: Snapshot) -> list[str]:
    names = dict(snapshot.table(STANDING).select("org_code", "hospital").iter_rows())
    ledger = snapshot.table(LEDGER).with_columns(pl.col("rows_accepted", "records_new").cast(pl.Int64))
    return [
        f"{change.path}：{_KINDS_ZH[change.kind]}{_concerned(change, names, ledger)}" for change in changes
    ]


def _concerned(change: InputChange, names: Mapping[str, str], ledger: pl.DataFrame) -> str:
    """The figures that rest on a file: those of its hospital, by what the frozen ledger has of the day."""
    if change.org_code not in names:
        return ""
    of_day = ledger.filter(org_code=change.org_code, upload_date=change.upload_date)
    rows, records = of_day["rows_accepted"].sum(), of_day["records_new"].sum()
    return (
        f"，涉及{names[change.org_code]}的{_FIGURES_ZH}"
        f"（该院 {change.upload_date} 冻结时有效 {rows:,} 行，新增记录 {records:,} 条）"
    )
