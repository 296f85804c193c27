"""What all cases share: the server, the states to begin with, and what undisturbed commands give."""

import json
import pickle
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from filelock import FileLock

from xypipeline_tests.crash.installation import Ended, Place, Server, started
from xypipeline_tests.crash.outcome import Outcome, contents_of, outcome_of
from xypipeline_tests.crash.scenarios import AFTER, Prepare, Scenario, uploaded
from xypipeline_tests.crash.small_program import make_small_program


@dataclass(frozen=True)
class Undisturbed:
    """What a command gives when nobody kills it."""

    outcome: Outcome
    seconds: float
    points: tuple[str, ...]
    """The points that it passes, in order; see `points`."""


class Bench:
    """One server; everything else lies in a folder that the test runner's processes share."""

    def __init__(self, server: Server, folder: Path):
        self.server = server
        self.program_dir = program_in(folder)
        self._folder = folder

    @cache  # noqa: B019 - there is one bench
    def state(self, prepare: Prepare) -> Place:
        """The installation that a scenario begins with; only to be copied."""
        place = Place(self._folder / prepare.__name__)
        with FileLock(self._folder / f"{prepare.__name__}.lock"):
            if not place.folder.exists():
                origin = AFTER[prepare]
                made = Place(self._folder / f"{prepare.__name__}.part")
                if origin:
                    self.state(origin).copy_to(made.folder)
                else:
                    made.folder.mkdir()
                prepare(self.server, made)
                made.folder.rename(place.folder)
        return place

    @cache  # noqa: B019 - there is one bench
    def contents(self, prepare: Prepare) -> dict[str, str]:
        """What the warehouse holds at the beginning; see `contents_of`."""
        return contents_of(self.state(prepare).data_dir / "warehouse.duckdb")

    @cache  # noqa: B019 - there is one bench
    def undisturbed(self, scenario: Scenario) -> Undisturbed:
        """What the scenario's command gives when nobody kills it."""
        kept = self._folder / f"{scenario.name}.pickle"
        with FileLock(kept.with_suffix(".lock")):
            if not kept.exists():
                place = self.state(scenario.state).copy_to(self._folder / f"undisturbed {scenario.name}")
                names = place.folder / "points.txt"
                command = scenario.command_in(place)
                ended = self.server.must(place, *command, names_to=str(names))
                if scenario.mended_by:
                    self.server.must(place, *scenario.mended_by)
                points = tuple(names.read_text(encoding="utf-8").splitlines())
                kept.write_bytes(pickle.dumps(Undisturbed(outcome_of(place.data_dir), ended.seconds, points)))
            return pickle.loads(kept.read_bytes())  # noqa: S301 - written above

    def again(self, scenario: Scenario, place: Place) -> Ended:
        """Run the command after a kill, to a good end."""
        ended = self.server.run(place, *scenario.mending_in(place))
        is_done = bool(scenario.already_done) and scenario.already_done in ended.output
        assert ended.exit_code == 0 or (ended.exit_code == 1 and is_done), ended.output
        return ended


def program_in(folder: Path) -> Path:
    """Where the small program lies."""
    return folder / "program"


@contextmanager
def bench_in(folder: Path) -> Iterator[Bench]:
    """A bench whose shared things lie in a folder; the first to come makes them."""
    folder.mkdir(exist_ok=True)
    program, modules = program_in(folder), folder / "modules.json"
    with FileLock(folder / "program.lock"):
        if not program.exists():
            make_small_program(program)
    with started(program) as server:
        with FileLock(folder / "modules.lock"):
            if not modules.exists():
                _list_modules(server, folder / "rehearsal", modules)
        server.learn(json.loads(modules.read_bytes()))
        yield Bench(server, folder)


def _list_modules(server: Server, folder: Path, modules: Path) -> None:
    """Find out what a run imports by running once."""
    folder.mkdir()
    place = Place(folder)
    uploaded(server, place)
    unfinished = folder / "modules.json"
    server.must(place, "run", "2023-04-01", modules_to=str(unfinished))
    unfinished.replace(modules)
