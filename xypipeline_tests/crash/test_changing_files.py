"""A file that changes while it is read: it is noticed, and the next run gives what lies there then."""

import shutil
import time
from datetime import date
from pathlib import Path

import pytest

from xypipeline.landing.lateness import SETTLING_SECONDS, find_late_days
from xypipeline_tests.crash.bench import Bench
from xypipeline_tests.crash.changing import change
from xypipeline_tests.crash.installation import DAYS, HOSPITALS, Place
from xypipeline_tests.crash.outcome import difference, outcome_of
from xypipeline_tests.crash.scenarios import QUARTER, one_day

pytestmark = [pytest.mark.slow, pytest.mark.long, pytest.mark.xdist_group("crash 2")]

DAY, FILE = DAYS[1], f"{DAYS[1]}/{HOSPITALS[0]}/department.1.csv"
# An intake opens a file to take its fingerprint, and again to load its rows.
TO_HASH, TO_LOAD = 1, 2
# What says that, and when, a file was found changed; a file that never changed has none of it.
SEEN_CHANGED = {'warehouse landing."change"', f"files state/arrivals/{DAY}.json"}


@pytest.mark.parametrize("opening", [TO_HASH, TO_LOAD])
@pytest.mark.parametrize("how", ["grows", "is cut", "is replaced", "vanishes"])
def test_the_next_run_gives_what_lies_there_then(
    how: str, opening: int, bench: Bench, tmp_path: Path
) -> None:
    place = bench.state(one_day).copy_to(tmp_path / "place")
    upload = place.landing_dir / FILE

    bench.server.must(place, "run", DAY, change={"path": str(upload), "how": how, "opening": opening})

    if opening == TO_LOAD:
        told = bench.server.run(place, "verify", QUARTER, "--landing")
        assert (told.exit_code, FILE in told.output) == (1, True), told.output
    if how != "vanishes":
        assert late_days(place) == [date.fromisoformat(DAY)]
    bench.server.must(place, "run", DAY)
    changed_before = bench.state(one_day).copy_to(tmp_path / "changed before")
    change(changed_before.landing_dir / FILE, how)
    bench.server.must(changed_before, "run", DAY)
    found = set(difference(outcome_of(place.data_dir), outcome_of(changed_before.data_dir)))
    assert found <= SEEN_CHANGED
    assert "全部相符" in bench.server.must(place, "verify", QUARTER, "--landing").output
    shutil.rmtree(tmp_path)


def late_days(place: Place) -> list[date]:
    """What the sensor for late files sees once the file has settled."""
    later = time.time() + 2 * SETTLING_SECONDS
    return [
        late.day for late in find_late_days(place.landing_dir, place.data_dir / "state" / "arrivals", later)
    ]
