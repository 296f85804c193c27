"""Does each piece of work of the table and says what it took."""

import json
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from quarter.goals import DAY, GROWTH, HELP, LARGE, LATE_DAY, MEMORY, QUARTER, RESCORE, SAME_DAY, SIZE, Goal
from quarter.installation import PERIOD, PROGRAM, Installation
from quarter.large_delivery import day_of, installation_with_large_delivery
from quarter.processes import Measured, median_of, run

NEWEST_DAY, MIDDLE_DAY = "2023-06-30", "2023-05-10"
QUARTER_KEY = "2023-04-01"
RESCORED = 'key:"scores/standing" or key:"publication/attachment"'
_HERE = Path(__file__).parent
_DAGSTER = str(Path(sys.executable).with_name("dagster"))


@dataclass(frozen=True)
class Figure:
    """What was measured of one goal."""

    goal: Goal
    value: float
    told: str
    """What the figure is made of."""


@dataclass(frozen=True)
class Loads:
    """The bare load and the quarter's run of one installation."""

    bare: Measured
    quarter: Measured


def load_both(installation: Installation, cores: int | None = None) -> Loads:
    """The bare load, then the quarter, both from nothing."""
    installation.simulate()
    installation.clear()
    bare = installation.folder / "bare.duckdb"
    script = [sys.executable, str(_HERE / "bare_load.py"), str(installation.landing), str(bare)]
    loaded = run(script, installation.environment, cores)
    bare.unlink()
    return Loads(loaded, run([PROGRAM, "run", PERIOD], installation.environment, cores))


def figures_of(large: Installation, small: Installation, runs: int) -> Iterator[Figure]:
    """Every figure of the table, in its order; `small` is a hundredth of `large`."""
    loads, small_loads = load_both(large), load_both(small)
    yield from _figures_of_quarter(loads)
    yield _figure_of_large_delivery(large)
    growth = (loads.quarter.cpu_seconds / large.bytes) / (small_loads.quarter.cpu_seconds / small.bytes)
    yield Figure(
        GROWTH,
        growth,
        f"{loads.quarter.cpu_seconds:.0f} against {small_loads.quarter.cpu_seconds:.0f} CPU seconds",
    )
    size, gzipped = large.warehouse.stat().st_size, large.bytes_gzipped()
    environment = large.environment
    for goal, day in ((LATE_DAY, MIDDLE_DAY), (DAY, NEWEST_DAY)):
        yield _timed(goal, _median(lambda day=day: day_coming_in(large, day), runs))
    yield _timed(SAME_DAY, _median(lambda: run([PROGRAM, "run", NEWEST_DAY], environment), runs))
    yield _timed(RESCORE, _median(lambda: run(_rescore(), environment), runs))
    yield Figure(SIZE, size / gzipped, f"{size / 2**20:,.0f} MB against {gzipped / 2**20:,.0f} MB")
    yield _timed(HELP, _median(lambda: run([PROGRAM, "--help"], environment), 5 * runs))


def rules_of_a_day(installation: Installation) -> dict[str, float]:
    """Rows, and seconds of loading them and of judging them, of one day of a loaded installation."""
    script = [sys.executable, str(_HERE / "rules_of_a_day.py"), NEWEST_DAY]
    return json.loads(run(script, installation.environment).output)


def day_coming_in(installation: Installation, day: str) -> Measured:
    """A day whose uploads come when the rest of the quarter is loaded, and only those."""
    with installation.without(day):
        run([PROGRAM, "run", day, "--again"], installation.environment)
    return run([PROGRAM, "run", day], installation.environment)


def _figures_of_quarter(loads: Loads) -> Iterator[Figure]:
    quarter, bare = loads.quarter, loads.bare
    told = f"{quarter.seconds:.0f} s against {bare.seconds:.0f} s"
    yield Figure(QUARTER, quarter.seconds / bare.seconds, told)
    yield Figure(MEMORY, quarter.peak_mb, f"the bare load takes {bare.peak_mb:,.0f} MB")


def _figure_of_large_delivery(large: Installation) -> Figure:
    installation = installation_with_large_delivery(large)
    measured = run([PROGRAM, "run", day_of(installation)], installation.environment)
    size = installation.bytes / 2**20
    return Figure(LARGE, measured.peak_mb, f"{size:,.0f} MB of CSV in {measured.seconds:.0f} s")


def _rescore() -> list[str]:
    select = ["--select", RESCORED, "--partition", QUARTER_KEY]
    return [_DAGSTER, "asset", "materialize", "-m", "xypipeline.definitions", *select]


def _median(measure: Callable[[], Measured], runs: int) -> Measured:
    return median_of([measure() for _ in range(runs)])


def _timed(goal: Goal, measured: Measured) -> Figure:
    told = f"{measured.cpu_seconds:.1f} CPU seconds, {measured.peak_mb:,.0f} MB"
    return Figure(goal, measured.seconds, told)
