"""The soak's own installation: its folders, its environment, and the programs at work in it."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from soak.clock import Clock, forget
from soak.processes import cpu_seconds
from xypipeline.settings import PROJECT_ROOT

PROGRAMS = Path(sys.executable).parent
LOOK_SECONDS = 0.2
_DAEMON = Path(__file__).with_name("daemon.py")
_SITE = Path(__file__).with_name("site")
_WORKSPACE = """\
load_from:
  - grpc_server:
      host: 127.0.0.1
      port: {port}
      location_name: xypipeline
"""


@dataclass(frozen=True)
class Place:
    """Where everything of one soak lies."""

    folder: Path
    library: Path
    """libfaketime."""

    @property
    def data(self) -> Path:
        """What the product writes."""
        return self.folder / "data"

    @property
    def landing(self) -> Path:
        """The uploads received so far."""
        return self.folder / "landing"

    @property
    def clock(self) -> Clock:
        """The simulated time."""
        return Clock(self.folder / "clock")

    @property
    def temporary(self) -> Path:
        """What the processes take for the machine's temporary folder."""
        return self.folder / "tmp"

    @property
    def environment(self) -> dict[str, str]:
        """That of every process of the installation."""
        kept = {key: value for key, value in os.environ.items() if not key.startswith(("XY_", "DAGSTER"))}
        return {
            **kept,
            **self.clock.environment(self.library),
            "XY_DATA_DIR": str(self.data),
            "XY_LANDING_DIR": str(self.landing),
            "DAGSTER_HOME": str(self.data / "state"),
            "PYTHONPATH": f"{_SITE}:{PROJECT_ROOT}",
            "TMPDIR": str(self.temporary),
            # As deploy/xypipeline.env has it.
            "MALLOC_ARENA_MAX": "2",
            # A jump of a day is no silence of the daemon's threads.
            "DAGSTER_DAEMON_HEARTBEAT_TOLERANCE": str(30 * 86400),
        }

    def call(self, *command: str) -> None:
        """Run a program of the product to its good end."""
        done = subprocess.run(
            command, env=self.environment, cwd=PROJECT_ROOT, capture_output=True, text=True, check=False
        )
        if done.returncode:
            sys.exit(f"{' '.join(command)} failed:\n{done.stdout}{done.stderr}")


@dataclass(frozen=True)
class Services:
    """The two processes that run all year."""

    code_server: subprocess.Popen
    daemon: subprocess.Popen

    def cpu_seconds(self) -> float:
        """What they took of the processors so far."""
        return cpu_seconds(self.code_server.pid) + cpu_seconds(self.daemon.pid)

    def require(self) -> None:
        """End the soak when one of them has ended."""
        for process in (self.code_server, self.daemon):
            if process.poll() is not None:
                sys.exit(f"{' '.join(process.args)} has ended with {process.returncode}; see its log")


@contextmanager
def started(place: Place) -> Iterator[Services]:
    """Code server and daemon, as deploy/ has them; stopped as systemd would stop them."""
    for folder in (place.data, place.landing, place.temporary):
        folder.mkdir(parents=True, exist_ok=True)
    place.call(sys.executable, "-m", "xypipeline.orchestration.home")
    port = _free_port()
    workspace = place.folder / "workspace.yaml"
    workspace.write_text(_WORKSPACE.format(port=port), encoding="ascii")
    # What `dagster code-server start` starts and watches; it would take a jump of the clock for silence.
    serve = ["api", "grpc", "--host", "127.0.0.1", "--port", str(port), "--location-name", "xypipeline"]
    processes = []
    try:
        command = [str(PROGRAMS / "dagster"), *serve, "--module-name", "xypipeline.definitions"]
        processes.append(_start(place, "code-server", command))
        _wait_for_port(port, processes[0])
        command = [sys.executable, "-P", str(_DAEMON), "run", "--workspace", str(workspace)]
        processes.append(_start(place, "daemon", command))
        yield Services(*processes)
    finally:
        for process in reversed(processes):
            process.send_signal(signal.SIGTERM)
            # A run that is at work is stopped first.
            process.wait(timeout=120)
            forget(process.pid)


def _start(place: Place, name: str, command: list[str]) -> subprocess.Popen:
    with (place.folder / f"{name}.log").open("a") as log:
        return subprocess.Popen(
            # Even where the soak is killed, nobody is left at work in its installation.
            ["setpriv", "--pdeathsig", "TERM", *command],
            env=place.environment,
            cwd=PROJECT_ROOT,
            stdout=log,
            stderr=log,
            umask=0o077,
            start_new_session=True,
        )


def _wait_for_port(port: int, process: subprocess.Popen) -> None:
    deadline = time.monotonic() + 120
    while process.poll() is None and time.monotonic() < deadline:
        with socket.socket() as probe:
            if not probe.connect_ex(("127.0.0.1", port)):
                return
        time.sleep(LOOK_SECONDS)
    sys.exit("the code server does not answer; see code-server.log")


def _free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return listener.getsockname()[1]
