"""The project's own configuration for PostgreSQL, on a server of the test's own."""

import importlib.util
import os
import shutil
import socket
import subprocess
from collections.abc import Iterator
from pathlib import Path

import dagster as dg
import pytest

from xypipeline.orchestration.home import prepare_home
from xypipeline.settings import PROJECT_ROOT, Settings

PROGRAMS = sorted(Path("/usr/lib/postgresql").glob("*/bin"))
# PostgreSQL refuses to run as root; Debian's package brings this account.
ACCOUNT = ["setpriv", "--reuid=postgres", "--regid=postgres", "--clear-groups"] if os.geteuid() == 0 else []

pytestmark = [
    pytest.mark.slow,
    pytest.mark.xdist_group("postgres"),
    pytest.mark.skipif(not PROGRAMS, reason="no PostgreSQL server here: apt-get install postgresql"),
    pytest.mark.skipif(
        not importlib.util.find_spec("dagster_postgres"), reason="the extra `postgres` is not installed"
    ),
]


@dg.asset(partitions_def=dg.StaticPartitionsDefinition(["2023-04-01", "2023-04-02"]))
def department() -> dg.MaterializeResult:
    return dg.MaterializeResult(metadata={"files": 2})


@pytest.fixture
def port(tmp_path_factory: pytest.TempPathFactory) -> Iterator[int]:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    folder = Path("/tmp") / f"xypipeline-postgres-{port}"  # noqa: S108 - the server's account must reach it
    folder.mkdir(mode=0o700)
    if ACCOUNT:
        shutil.chown(folder, "postgres", "postgres")
    call("initdb", "-D", folder / "data", "-A", "trust", "-U", "xypipeline", "-E", "UTF8", "--locale=C.UTF-8")
    options = f"-p {port} -h 127.0.0.1 -k {folder} -c fsync=off"
    call("pg_ctl", "-D", folder / "data", "-l", folder / "log", "-o", options, "-w", "start")
    call("createdb", "-h", "127.0.0.1", "-p", port, "-U", "xypipeline", "dagster")
    yield port
    call("pg_ctl", "-D", folder / "data", "-m", "immediate", "-w", "stop")
    shutil.rmtree(folder)


def call(program: str, *arguments: object) -> None:
    subprocess.run(
        [*ACCOUNT, PROGRAMS[-1] / program, *map(str, arguments)], check=True, stdout=subprocess.DEVNULL
    )


@pytest.fixture
def instance(tmp_path: Path, port: int, monkeypatch: pytest.MonkeyPatch) -> Iterator[dg.DagsterInstance]:
    values = {
        "HOST": "127.0.0.1",
        "PORT": str(port),
        "DB": "dagster",
        "USER": "xypipeline",
        "PASSWORD": "any",
    }
    for name, value in values.items():
        monkeypatch.setenv(f"XY_POSTGRES_{name}", value)
    monkeypatch.setenv("DAGSTER_HOME", "")
    config = PROJECT_ROOT / "deploy" / "dagster-postgres.yaml"
    prepare_home(Settings(tmp_path, tmp_path / "landing", dagster_config=config))
    with dg.DagsterInstance.get() as instance:
        yield instance


def test_runs_and_partitions_are_kept_in_postgres(instance: dg.DagsterInstance, tmp_path: Path) -> None:
    result = dg.materialize([department], instance=instance, partition_key="2023-04-01")

    assert result.success
    assert instance.get_materialized_partitions(department.key) == {"2023-04-01"}
    assert type(instance.event_log_storage).__module__.startswith("dagster_postgres")
    assert list(tmp_path.rglob("*.db")) == []
