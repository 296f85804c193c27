"""Whatever is done with uploads full of faults: no name, number, telephone or address leaves the rows."""

import json
import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import dagster as dg
import duckdb
import polars as pl
import pytest

from xypipeline.definitions import defs
from xypipeline.notices.channels import CHANNELS
from xypipeline.orchestration.home import prepare_home
from xypipeline.orchestration.jobs import SCORECARDS_JOB
from xypipeline.orchestration.run_notices import notices_of_run
from xypipeline.settings import load_settings
from xypipeline.standard.catalogue import current_catalogue
from xypipeline_tests.end_to_end.installation import Installation
from xypipeline_tests.end_to_end.uploaded_secrets import uploaded_secrets
from xypipeline_tests.end_to_end.written_texts import texts_of, warehouse_texts

pytestmark = [pytest.mark.slow, pytest.mark.long, pytest.mark.xdist_group("quarter")]

HOSPITAL = "411500001"
# Every way to look at things; the last ones fail, and say why.
COMMANDS = (
    ("quarantine", "list"),
    ("quarantine", "export", "2023Q2", "--to", "{out}/quarantine.csv"),
    ("quarantine", "export", "2023Q2", "--to", "{out}/quarantine.xlsx"),
    ("explain", "2023Q2", HOSPITAL),
    ("explain", "2023Q2", HOSPITAL, "rows_uploaded"),
    ("standard", "rehearse", "2023.1", "--period", "2023-04-03"),
    ("policy", "diff", "2023", "2023", "--period", "2023Q2"),
    ("edition", "review", "2023Q2", "--by", "李"),
    ("edition", "publish", "2023Q2", "--by", "王"),
    ("verify", "2023Q2", "--landing"),
    ("audit", "{out}/../publication/2023Q2/bulletin.docx", "--period", "2023Q2"),
    ("verify", "2023Q1"),
    ("run", "2023-04-06"),
)
# Where rows themselves lie, and are meant to; each of the files is for its owner only.
ROWS = {(schema, code) for schema in ("stored", "raw", "validated") for code in current_catalogue().tables}
ROWS |= {("raw", "defect"), ("stored", "declaration"), ("validated", "declaration")}


@pytest.fixture(scope="module")
def used(messy: Installation, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Installation]:
    """A copy of the faulty quarter with which everything has been done, `out/` holding what was printed."""
    installation = Installation(tmp_path_factory.mktemp("used") / "data")
    shutil.copytree(messy.data_dir, installation.data_dir)
    out = installation.data_dir / "out"
    out.mkdir()
    for number, command in enumerate(COMMANDS):
        if command[0] == "run":
            break_a_table(installation)
        done = installation.call(*(word.format(out=out) for word in command))
        (out / f"{number}.txt").write_text(f"{done.returncode}\n{done.stdout}\n{done.stderr}", "utf-8")
    with pytest.MonkeyPatch.context() as environment:
        environment.setenv("XY_DATA_DIR", str(installation.data_dir))
        environment.setenv("DAGSTER_HOME", os.environ.get("DAGSTER_HOME", ""))
        prepare_home(load_settings())
        with dg.DagsterInstance.get() as instance:
            write_scorecards(instance)
            (out / "notices.json").write_text(told_by_robots(instance), encoding="utf-8")
    return installation


def break_a_table(installation: Installation) -> None:
    """So that the next run fails over a patient's name, which DuckDB then quotes."""
    with duckdb.connect(str(installation.data_dir / "warehouse.duckdb")) as connection:
        connection.execute("alter table stored.patient_info alter patient_name type integer using null")


def write_scorecards(instance: dg.DagsterInstance) -> None:
    quiet = {"loggers": {"console": {"config": {"log_level": "CRITICAL"}}}}
    job = defs.resolve_job_def(SCORECARDS_JOB)
    assert job.execute_in_process(quiet, instance, partition_key="2023-04-01").success


def told_by_robots(instance: dg.DagsterInstance) -> str:
    notices = [
        notice
        for run in instance.get_runs()
        for notice in notices_of_run(instance, run, "http://127.0.0.1:3000")
    ]
    assert {"run", "G06"} <= {notice.cause for notice in notices}
    bodies = [channel.body(notice) for notice in notices for channel in CHANNELS.values()]
    return json.dumps(bodies, ensure_ascii=False)


@pytest.fixture(scope="module")
def secrets(used: Installation) -> list[str]:
    return sorted(uploaded_secrets(used.landing_dir))


def found_in(secrets: list[str], texts: dict[str, str]) -> list[tuple[str, int]]:
    """Where secrets are, and how many; not which, lest the test itself tell them."""
    frame = pl.DataFrame({"place": list(texts), "text": list(texts.values())})
    hits = pl.col("text").str.extract_many(pl.Series(secrets).implode()).list.n_unique()
    return frame.select("place", hits.alias("secrets")).filter(pl.col("secrets") > 0).rows()


def written(data_dir: Path) -> dict[str, str]:
    files = [
        path
        for path in sorted(data_dir.rglob("*"))
        if path.is_file() and "landing" not in path.parts and path.suffix != ".duckdb"
    ]
    return {
        f"{path.relative_to(data_dir)}#{number}": text
        for path in files
        for number, text in enumerate(texts_of(path))
    }


def test_nothing_that_is_written_names_a_person(used: Installation, secrets: list[str]) -> None:
    texts = written(used.data_dir)

    kinds = {Path(place.partition("#")[0]).suffix for place in texts}
    assert kinds >= {".pdf", ".docx", ".xlsx", ".html", ".md", ".json", ".csv", ".zip", ".gz", ".db", ".txt"}
    assert sum(map(len, texts.values())) > 50_000_000
    assert found_in(secrets, texts) == []


def test_no_table_beside_the_rows_names_a_person(used: Installation, secrets: list[str]) -> None:
    texts = {
        text.partition(" ")[0]: text
        for text in warehouse_texts(used.data_dir / "warehouse.duckdb", without=ROWS)
    }

    assert {"validated.finding", "landing.file", "scores.ledger", "validated.rule_error"} <= texts.keys()
    assert found_in(secrets, texts) == []


def test_the_search_finds_what_it_should(used: Installation, secrets: list[str], tmp_path: Path) -> None:
    """What is in the rows is found: in the tables that hold them, and in an export without masks."""
    rows = {
        text.partition(" ")[0]: text
        for text in warehouse_texts(used.data_dir / "warehouse.duckdb", without=set())
    }
    leak = tmp_path / "leak.json"
    leak.write_text(json.dumps({"value": secrets[0], "name": "张" + secrets[-1]}), encoding="utf-8")

    found = dict(found_in(secrets, rows))
    assert len(secrets) > 2000
    assert found["raw.patient_info"] > 100
    assert found_in(secrets, {"leak": next(texts_of(leak))}) == [("leak", 2)]


def test_the_commands_did_what_they_should(used: Installation) -> None:
    codes = {
        command[:2]: int((used.data_dir / "out" / f"{number}.txt").read_text("utf-8").split()[0])
        for number, command in enumerate(COMMANDS)
    }

    assert {name for name, code in codes.items() if code} == {("verify", "2023Q1"), ("run", "2023-04-06")}
    assert set(codes.values()) == {0, 1}
