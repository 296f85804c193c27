"""Soda on DuckDB: the file loaded into a table, one contract with one check each, verified locally."""

import json
import logging
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory

import duckdb
from soda_core.contracts import verify_contract_locally

from peers.checks import Check, Work
from peers.in_duckdb import breaks, select_values

PACKAGES = ("soda-core", "soda-duckdb", "duckdb")
_VALIDITY = {
    "longest": lambda limits: {"valid_max_length": limits["characters"]},
    "between": lambda limits: {"valid_min": limits["least"], "valid_max": limits["most"]},
    "among": lambda limits: {"valid_values": limits["codes"]},
}


def judge(rows: Path, work: Work, tell_first: Callable[[], None]) -> dict[str, int]:
    """Load, verify once and read the failing rows of each check."""
    logging.disable(logging.WARNING)
    with TemporaryDirectory(dir=rows.parent) as folder:
        path = Path(folder) / "soda.duckdb"
        with duckdb.connect(str(path)) as connection:
            connection.execute(f"create table fee_detail as {select_values(rows, work)}")
        source = _write(Path(folder) / "source.json", _source(path))
        contract = _write(Path(folder) / "contract.json", _contract(work))
        done = verify_contract_locally(data_source_file_path=source, contract_file_path=contract)
    tell_first()
    results = done.contract_verification_results[0].check_results
    failing = {int(one.check.qualifier): one.diagnostic_metric_values for one in results}
    return {check.id: failing[no][_metric(check)] for no, check in enumerate(work.checks)}


def _metric(check: Check) -> str:
    if check.kind == "required":
        return "missing_count"
    return "invalid_count" if check.kind in _VALIDITY else "failed_rows_count"


def _contract(work: Work) -> dict:
    of_columns: dict[str, list[dict]] = {}
    of_rows: list[dict] = []
    for number, check in enumerate(work.checks):
        about = {"qualifier": str(number)}
        if check.kind == "required":
            of_columns.setdefault(check.column, []).append({"missing": about})
        elif check.kind in _VALIDITY:
            of_columns.setdefault(check.column, []).append(
                {"invalid": about | _VALIDITY[check.kind](check.limits)}
            )
        elif check.kind == "unrepeated":
            of_rows.append({"failed_rows": about | {"query": _repeats(check.limits["columns"])}})
        else:
            of_rows.append({"failed_rows": about | {"expression": breaks(check)}})
    columns = [{"name": column, "checks": checks} for column, checks in of_columns.items()]
    return {"dataset": "rows/soda/main/fee_detail", "columns": columns, "checks": of_rows}


def _repeats(columns: list[str]) -> str:
    key = ", ".join(columns)
    return f"select 1 from fee_detail qualify row_number() over (partition by {key} order by path, line) > 1"


def _source(path: Path) -> dict:
    return {"name": "rows", "type": "duckdb", "connection": {"database": str(path), "schema": "main"}}


def _write(path: Path, content: dict) -> str:
    # JSON is YAML, too.
    path.write_text(json.dumps(content, ensure_ascii=False), encoding="utf-8")
    return str(path)
