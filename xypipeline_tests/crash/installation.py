"""Installations of the small program in folders of their own, and the server that starts it there."""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from xypipeline.settings import PROJECT_ROOT
from xypipeline_tests.crash.small_program import HOSPITALS

DAYS = ("2023-04-01", "2023-04-02", "2023-04-03")
_KEYS = {
    "department": ("dept_code", ""),
    "charge_item": ("charge_item_code", ""),
    "daily_business_summary": ("dept_code,business_date", ",{day}"),
}


@dataclass(frozen=True)
class Ended:
    """What became of a program."""

    exit_code: int
    """Negative: the signal that ended it."""
    seconds: float
    output: str


@dataclass(frozen=True)
class Place:
    """An installation in a folder: `data`, and beside it `landing` and what else the case needs."""

    folder: Path

    @property
    def data_dir(self) -> Path:
        return self.folder / "data"

    @property
    def landing_dir(self) -> Path:
        return self.folder / "landing"

    def copy_to(self, folder: Path) -> "Place":
        """A copy; uploads keep their times."""
        shutil.copytree(self.folder, folder)
        return Place(folder)


@dataclass
class Server:
    """The process that starts the programs."""

    process: subprocess.Popen
    outputs_dir: Path
    """What the programs say; not in the installations, whose disk may be full."""
    calls: int = field(default=0)

    def learn(self, modules: Sequence[str]) -> None:
        """Import what a program imported, so that the next ones need not."""
        self._ask({"modules": list(modules)})

    def run(self, place: Place, *arguments: str, **options: object) -> Ended:
        """Start the program and wait for its end; see `server` for the options."""
        (ended,) = self.run_all(place, [arguments], **options)
        return ended

    def run_all(self, place: Place, programs: Sequence[Sequence[str]], **options: object) -> list[Ended]:
        """Start several at the same moment and wait for all."""
        outputs = []
        for _ in programs:
            self.calls += 1
            outputs.append(self.outputs_dir / f"{self.calls}.txt")
        asked = [
            {
                "arguments": list(arguments),
                "folder": str(place.folder),
                "environment": environment_of(place),
                "output": str(output),
                **options,
            }
            for arguments, output in zip(programs, outputs, strict=True)
        ]
        answers = self._ask({"programs": asked})
        return [
            Ended(**answer, output=_text_of(output)) for answer, output in zip(answers, outputs, strict=True)
        ]

    def must(self, place: Place, *arguments: str, **options: object) -> Ended:
        """Run the program to a good end."""
        ended = self.run(place, *arguments, **options)
        assert ended.exit_code == 0, ended.output
        return ended

    def _ask(self, request: dict) -> list[dict]:
        self.process.stdin.write(json.dumps(request) + "\n")
        self.process.stdin.flush()
        answer = self.process.stdout.readline()
        assert answer, f"the server ended: {self.process.wait()}"
        return json.loads(answer)


@contextmanager
def started(program_dir: Path) -> Iterator[Server]:
    """A server of the small program in a folder."""
    process = subprocess.Popen(
        [sys.executable, "-m", "xypipeline_tests.crash.server"],
        cwd=program_dir,
        env=process_environment(program_dir),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    try:
        outputs_dir = program_dir.with_name(f"outputs {process.pid}")
        outputs_dir.mkdir()
        yield Server(process, outputs_dir)
    finally:
        process.stdin.close()
        process.wait(timeout=30)
        process.stdout.close()


def process_environment(program_dir: Path) -> dict[str, str]:
    """This process's, but with the small program, and without an installation."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("XY_", "DAGSTER"))}
    return kept | {"PYTHONPATH": f"{program_dir}:{PROJECT_ROOT}", "OPENBLAS_NUM_THREADS": "1"}


def upload(place: Place, day: str, hospitals: Sequence[str] = HOSPITALS[:2], part: str = "1") -> None:
    """Three tables of four rows and one without a key, from each hospital."""
    for org_code in hospitals:
        for table, (columns, more) in _KEYS.items():
            path = place.landing_dir / day / org_code / f"{table}.{part}.csv"
            path.parent.mkdir(parents=True, exist_ok=True)
            values, time = more.format(day=day), f"{day} 08:00:00"
            keys = [*(f"K{day[-1]}{part}{number}" for number in range(4)), ""]
            rows = [f"{org_code},{key}{values},{time}" for key in keys]
            path.write_text("\n".join((f"org_code,{columns},update_time", *rows)) + "\n", encoding="utf-8")


def _text_of(output: Path) -> str:
    # Who is killed at once has said nothing yet.
    return output.read_text(encoding="utf-8", errors="replace") if output.exists() else ""


def environment_of(place: Place) -> dict[str, str]:
    """Where the program finds an installation."""
    return {"XY_DATA_DIR": str(place.data_dir), "XY_LANDING_DIR": str(place.landing_dir), "COLUMNS": "200"}
