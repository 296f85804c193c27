"""A real webserver and daemon on an installation of their own, spoken to over GraphQL as the UI does."""

import json
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from xypipeline.settings import PROJECT_ROOT

PROGRAMS = Path(sys.executable).parent
SELECTOR = {"repositoryLocationName": "xypipeline", "repositoryName": "__repository__"}
Value = TypeVar("Value")


@dataclass(frozen=True)
class Server:
    url: str
    processes: tuple[subprocess.Popen, ...] = ()

    def ask(self, query: str, **variables: object) -> dict:
        body = json.dumps({"query": query, "variables": variables}).encode()
        request = urllib.request.Request(
            f"{self.url}/graphql", body, {"Content-Type": "application/json"}, method="POST"
        )
        with urllib.request.urlopen(request, timeout=60) as response:
            answer = json.load(response)
        assert "errors" not in answer, answer["errors"]
        return answer["data"]

    def runs(self) -> list[dict]:
        answer = self.ask(
            "{ runsOrError { ... on Runs { results { runId jobName status tags { key value } } } } }"
        )
        runs = answer["runsOrError"]["results"]
        return [{**run, "tags": {tag["key"]: tag["value"] for tag in run["tags"]}} for run in runs]

    def kill(self) -> None:
        """End both, and all that they started, as a power failure does."""
        for process in self.processes:
            os.killpg(process.pid, signal.SIGKILL)


@contextmanager
def started(data_dir: Path) -> Iterator[Server]:
    """Both processes, stopped as systemd would stop them; their output is in `data_dir`."""
    environment = {key: value for key, value in os.environ.items() if not key.startswith(("XY_", "DAGSTER"))}
    environment["XY_DATA_DIR"] = str(data_dir)
    home = subprocess.run(
        [sys.executable, "-m", "xypipeline.orchestration.home"],
        env=environment,
        cwd=PROJECT_ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    environment["DAGSTER_HOME"] = home.stdout.strip()
    port = free_port()
    commands = [
        ["dagster-webserver", "-w", "workspace.yaml", "-h", "127.0.0.1", "-p", str(port)],
        ["dagster-daemon", "run", "-w", "workspace.yaml"],
    ]
    processes = []
    try:
        for command in commands:
            with (data_dir / f"{command[0]}.log").open("w") as log:
                processes.append(
                    subprocess.Popen(
                        [PROGRAMS / command[0], *command[1:]],
                        env=environment,
                        cwd=PROJECT_ROOT,
                        stdout=log,
                        stderr=log,
                        start_new_session=True,
                    )
                )
        server = Server(f"http://127.0.0.1:{port}", tuple(processes))
        eventually(lambda: answers(server), 120)
        yield server
    finally:
        for process in processes:
            process.send_signal(signal.SIGINT)
        for process in processes:
            process.wait(timeout=60)


def eventually(look: Callable[[], Value], seconds: float) -> Value:
    """What `look` returns as soon as that is true of something."""
    deadline = time.monotonic() + seconds
    while not (value := look()):
        assert time.monotonic() < deadline, f"not within {seconds} s"
        time.sleep(0.5)
    return value


def answers(server: Server) -> bool:
    try:
        return bool(server.ask("{ version }"))
    except OSError:
        return False


def free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return listener.getsockname()[1]
