"""Checks the uploaded files that an edition rests on: in the warehouse's list, and as they lie in landing."""

from collections.abc import Mapping
from pathlib import Path

import polars as pl
from duckdb import DuckDBPyConnection

from xypipeline.landing.inventory import scan
from xypipeline.publication.editions.evidence import INPUTS, as_frozen, read_current
from xypipeline.publication.editions.input_changes import InputChange, find_input_changes
from xypipeline.publication.editions.period_folder import Edition
from xypipeline.publication.editions.snapshot import read_snapshot
from xypipeline.verification.frozen_basis import frozen_basis
from xypipeline.verification.verdict import Verdict

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
    return Verdict(subject, f"{frozen.height:,} 个文件", _named(find_input_changes(frozen, current)))


def verify_landing(landing_dir: Path, edition: Edition) -> Verdict:
    """Whether the files themselves, read again from the first byte to the last, are those that were frozen.

    Raises:
        LandingError: there is no landing folder.
        PublicationError: the edition is not whole, or this program lacks its version of the standard.
    """
    snapshot, basis = read_snapshot(edition), frozen_basis(edition)
    first, last = snapshot.facts.quarter.first, snapshot.facts.cut_off
    arrivals = scan(landing_dir, basis.registry.org_codes, basis.catalogue, first, last)
    found = [
        {
            "path": arrival.path,
            "sha256": arrival.sha256,
            "upload_date": arrival.upload_date.isoformat(),
            "org_code": arrival.org_code,
            # What became of a file is not seen from outside.
            "status": None,
        }
        for arrival in arrivals
        if arrival.upload_date
    ]
    columns = dict.fromkeys(("path", "sha256", "upload_date", "org_code", "status"), pl.String)
    frozen = snapshot.table(INPUTS).with_columns(pl.lit(None, dtype=pl.String).alias("status"))
    changes = find_input_changes(frozen, pl.DataFrame(found, schema=columns))
    subject = f"第 {edition.number} 版的上传文件（逐个读取 {landing_dir}）"
    return Verdict(subject, f"{frozen.height:,} 个文件", _named(changes))


def _named(changes: list[InputChange]) -> list[str]:
    return [f"{change.path}：{_KINDS_ZH[change.kind]}" for change in changes]
