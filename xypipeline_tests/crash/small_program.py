"""The program with a standard of four tables and a register of three hospitals: a run takes a second or two.

Not a line of code differs: standard and register are data, and these are parts of the real ones. What a step
prints is not kept.
"""

import csv
import re
import shutil
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path

import yaml

from xypipeline.settings import PROJECT_ROOT

TABLES = ("org_info", "department", "charge_item", "daily_business_summary")
HOSPITALS = ("411500001", "411500002", "411500003")
# The rules in Python name these two; without their tables they judge nothing.
_KEPT_IDLE = {"R12-07"}
_NAME = re.compile(r"[a-z]+(?:_[a-z0-9]+)+")
Row = Mapping[str, str]


def make_small_program(folder: Path) -> None:
    """Copy the package into a folder, and leave out of its standard and its register what is not wanted."""
    shutil.copytree(
        PROJECT_ROOT / "xypipeline", folder / "xypipeline", ignore=shutil.ignore_patterns("__pycache__")
    )
    _copy_configuration(folder)
    (version,) = (folder / "xypipeline" / "standard" / "versions").iterdir()
    _shrink_standard(version)
    for name in ("institutions.csv", "connections.csv"):
        _rewrite(
            folder / "xypipeline" / "registry" / name,
            lambda row: row if row["org_code"] in HOSPITALS else None,
        )


def _copy_configuration(folder: Path) -> None:
    config = yaml.safe_load((PROJECT_ROOT / "dagster.yaml").read_text(encoding="utf-8"))
    # Each step's output would be copied by two processes that Python starts for it: half of a short run.
    config["compute_logs"] = {
        "module": "dagster._core.storage.noop_compute_log_manager",
        "class": "NoOpComputeLogManager",
    }
    (folder / "dagster.yaml").write_text(yaml.safe_dump(config), encoding="utf-8")


def _shrink_standard(version: Path) -> None:
    gone = _names_of(path for path in _field_files(version) if path.stem not in TABLES)
    gone -= _names_of(path for path in _field_files(version) if path.stem in TABLES)
    for path in _field_files(version):
        if path.stem not in TABLES:
            path.unlink()
    control = version.parent.parent / "control"
    domains = {
        row["value_domain"]
        for path in (*_field_files(version), *_field_files(control))
        for row in _read(path)
    }
    _rewrite(version / "tables.csv", _shrink_table)
    _rewrite(version / "codes.csv", lambda row: row if row["domain_id"] in domains else None)
    _rewrite(version / "rules.csv", lambda row: _shrink_rule(row, gone))


def _shrink_table(row: Row) -> Row | None:
    if row["code"] not in TABLES:
        return None
    return {**row, "no": str(TABLES.index(row["code"]) + 1), "expected_share": str(1 / len(TABLES))}


def _shrink_rule(row: Row, gone: set[str]) -> Row | None:
    if row["rule_id"] in _KEPT_IDLE:
        return {**row, "table_code": TABLES[0], "kind": "cross_table", "expression": "-"}
    is_kept = row["table_code"] in ("*", *TABLES) and gone.isdisjoint(_NAME.findall(row["expression"]))
    return row if is_kept else None


def _field_files(folder: Path) -> list[Path]:
    return sorted((folder / "tables").glob("*.csv"))


def _names_of(files: Iterable[Path]) -> set[str]:
    return {name for path in files for name in (path.stem, *(row["field_code"] for row in _read(path)))}


def _read(path: Path) -> list[Row]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def _rewrite(path: Path, change: Callable[[Row], Row | None]) -> None:
    rows = _read(path)
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, rows[0].keys(), lineterminator="\n")
        writer.writeheader()
        writer.writerows(changed for row in rows if (changed := change(row)))
