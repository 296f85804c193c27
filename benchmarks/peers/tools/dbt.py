"""dbt on DuckDB: a model that loads the file into a table, and one data test per check; `dbt build`."""

import json
import os
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory

from dbt.cli.main import dbtRunner

from peers.checks import Check, Work
from peers.in_duckdb import breaks, select_values

PACKAGES = ("dbt-core", "dbt-duckdb", "duckdb")
_PROJECT = "name: peers\nversion: 1.0.0\nprofile: peers\nflags: {send_anonymous_usage_stats: false}\n"
_PROFILE = "peers: {target: dev, outputs: {dev: {type: duckdb, path: peers.duckdb, threads: 2}}}\n"
# What dbt has no test for, as its documentation has users write them.
_GENERIC_TEST = """{% test holds_nowhere(model, column_name, condition) %}
select 1 from {{ model }} where {{ condition }}
{% endtest %}
{% test unrepeated(model, column_name, columns) %}
select 1 from {{ model }}
qualify row_number() over (partition by {{ columns }} order by path, line) > 1
{% endtest %}
"""


def judge(rows: Path, work: Work, tell_first: Callable[[], None]) -> dict[str, int]:
    """Build the model and its tests once and read the failures of each."""
    with TemporaryDirectory(dir=rows.parent) as folder:
        _write_project(Path(folder), rows, work)
        os.chdir(folder)
        told = lambda event: event.info.name == "LogTestResult" and tell_first()  # noqa: E731
        done = dbtRunner(callbacks=[told]).invoke(
            ["--quiet", "build", "--project-dir", folder, "--profiles-dir", folder]
        )
        if done.exception:
            raise done.exception
        os.chdir(rows.parent)
        return _failures(done.result, work)


def _failures(result: object, work: Work) -> dict[str, int]:
    failures = {
        one.node.config.meta["check"]: one.failures
        for one in result.results
        if one.node.resource_type.value == "test"
    }
    return {check.id: failures[check.id] for check in work.checks}


def _write_project(folder: Path, rows: Path, work: Work) -> None:
    (folder / "models").mkdir()
    (folder / "tests" / "generic").mkdir(parents=True)
    (folder / "dbt_project.yml").write_text(_PROJECT)
    (folder / "profiles.yml").write_text(_PROFILE)
    (folder / "tests" / "generic" / "tests.sql").write_text(_GENERIC_TEST)
    model = "{{ config(materialized = 'table') }}\n" + select_values(rows, work)
    (folder / "models" / "fee_detail.sql").write_text(model)
    columns: dict[str, list] = {}
    for number, check in enumerate(work.checks):
        columns.setdefault(check.column, []).append(_test(check, number))
    described = [{"name": name, "data_tests": tests} for name, tests in columns.items()]
    # JSON is YAML, too.
    schema = {"version": 2, "models": [{"name": "fee_detail", "columns": described}]}
    (folder / "models" / "schema.yml").write_text(json.dumps(schema), encoding="utf-8")


def _test(check: Check, number: int) -> dict:
    about = {"name": f"check_{number}", "config": {"meta": {"check": check.id}}}
    match check.kind:
        case "required":
            return {"not_null": about}
        case "unrepeated":
            return {"unrepeated": about | {"arguments": {"columns": ", ".join(check.limits["columns"])}}}
        case _:
            # `accepted_values` counts values, not rows.
            return {"holds_nowhere": about | {"arguments": {"condition": breaks(check)}}}
