"""Simulate, run, publish and look things up without a network, and without an attempt to reach one."""

import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

from xypipeline_tests.end_to_end.installation import PROGRAM

pytestmark = [pytest.mark.slow, pytest.mark.long, pytest.mark.xdist_group("no network")]

HOOK = Path(__file__).with_name("no_network")
REACH_OUT = (
    "import urllib.request as u\ntry: u.urlopen('http://example.com', timeout=3)\nexcept OSError: print('no')"
)


@dataclass(frozen=True)
class Island:
    """A machine of its own as far as the network goes."""

    data_dir: Path

    @property
    def tries(self) -> str:
        log = self.data_dir / "tries.log"
        return log.read_text(encoding="utf-8") if log.exists() else ""

    def call(self, *command: str | Path) -> str:
        environment = {key: value for key, value in os.environ.items() if not key.startswith("XY_")}
        environment |= {
            "XY_DATA_DIR": str(self.data_dir),
            "TRIES_LOG": str(self.data_dir / "tries.log"),
            "PYTHONPATH": str(HOOK),
        }
        done = subprocess.run(
            [*cut_off(), *command], env=environment, capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout


def cut_off() -> list[str]:
    """Where the machine permits it, the kernel takes the network away, also from what is not Python."""
    own_network = ["unshare", "--map-root-user", "--net"]
    if not shutil.which("unshare"):
        return []
    tried = subprocess.run([*own_network, "true"], capture_output=True, check=False)
    return [] if tried.returncode else own_network


def test_nothing_needs_a_network_or_tries_to_reach_one(tmp_path: Path) -> None:
    island = Island(tmp_path)
    for command in (
        ("simulate", "2023Q2", "--scale", "0.0001", "--faults", "0.01", "--messy"),
        ("run", "2023-04-01..2023-04-02"),
        ("explain", "2023Q2", "411500001"),
        ("edition", "review", "2023Q2", "--by", "李"),
        ("edition", "publish", "2023Q2", "--by", "王"),
        ("audit", str(tmp_path / "publication" / "2023Q2" / "bulletin.docx"), "--period", "2023Q2"),
        ("backup", str(tmp_path / "backup")),
    ):
        island.call(PROGRAM, *command)

    assert (tmp_path / "publication" / "2023Q2" / "bulletin.pdf").exists()
    assert (tmp_path / "publication" / "data-docs").is_dir()
    assert island.tries == ""


def test_an_attempt_is_seen_and_fails(tmp_path: Path) -> None:
    island = Island(tmp_path)

    assert island.call(sys.executable, "-c", REACH_OUT) == "no\n"
    assert "socket.getaddrinfo ('example.com'" in island.tries
