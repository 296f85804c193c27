"""The days of a soak: uploads by day, the night's and the morning's schedules, the office's signature."""

import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from datetime import time as clock_time
from pathlib import Path
from typing import TypeVar
from zoneinfo import ZoneInfo

from soak.figures import Work
from soak.installation import LOOK_SECONDS, PROGRAMS, Place, Services
from soak.processes import RunProcesses
from soak.runs import Run, instigators, is_at_work, runs_since
from soak.uploads import UploadStore
from xypipeline.periods import TIMEZONE, Quarter
from xypipeline.publication.finished import finished_quarters

Found = TypeVar("Found")
_ZONE = ZoneInfo(TIMEZONE)
_SUNDAY = 6
_OF_RECEIPT, _HOUSEKEEPING, _INTAKE, _DRAFT = clock_time(18), clock_time(3), clock_time(6), clock_time(8)
# Sensors look at most once a minute.
_SENSOR_PAUSE = timedelta(seconds=61)
_SCHEDULES_AND_SENSORS = 7
_LONGEST_RUN_SECONDS = 900


@dataclass
class Year:
    """Lives through one day after the other."""

    place: Place
    services: Services
    uploads: UploadStore
    _processes: RunProcesses = field(init=False)

    def begin(self) -> None:
        """Wait until the daemon has taken note of its schedules."""
        self._wait(lambda: instigators(self._state) >= _SCHEDULES_AND_SENSORS, "the daemon")

    @property
    def _state(self) -> Path:
        return self.place.data / "state"

    def live_through(self, day: date) -> Work:
        """A day's uploads, and the night and the morning after it."""
        self.uploads.deliver(day, _moment(day, _OF_RECEIPT).timestamp())
        started, cpu_seconds = time.monotonic(), self.services.cpu_seconds()
        self._processes = RunProcesses(self.services.code_server.pid)
        morning = day + timedelta(days=1)
        if morning.weekday() == _SUNDAY:
            self._run_at(_moment(morning, _HOUSEKEEPING), "housekeeping")
        intake = self._run_at(_moment(morning, _INTAKE), "intake", str(day))
        score = self._score_after(intake, Quarter.containing(day))
        if Quarter.containing(morning) != Quarter.containing(day):
            self._publish(Quarter.containing(day), _moment(morning, _DRAFT))
        return Work(
            seconds=time.monotonic() - started,
            intake_seconds=intake.seconds,
            score_seconds=score.seconds,
            cpu_seconds=sum(self._processes.cpu_seconds.values()),
            services_cpu_seconds=self.services.cpu_seconds() - cpu_seconds,
            run_peak_mb=self._processes.peak_mb,
        )

    def _score_after(self, intake: Run, quarter: Quarter) -> Run:
        """The sensor sees that the scores are stale."""
        self._jump(self.place.clock.now() + _SENSOR_PAUSE)
        since = _moment(quarter.first, _HOUSEKEEPING)
        return self._succeeded(lambda run: run.number > intake.number and run.job == "score", since, "score")

    def _publish(self, quarter: Quarter, moment: datetime) -> None:
        """The schedule drafts the quarter; the office looks it through and publishes it."""
        self._run_at(moment, "publish", str(quarter.first))
        if quarter in finished_quarters(self.place.data / "publication"):
            return  # by a soak that was stopped right after
        for verb in ("review", "publish"):
            program = str(PROGRAMS / "xypipeline")
            self.place.call(program, "edition", verb, str(quarter), "--by", "soak")

    def _run_at(self, moment: datetime, job: str, partition: str = "") -> Run:
        """Jump to a schedule's moment, and wait for what comes of it."""
        self._jump(moment)
        return self._succeeded(
            lambda run: run.job == job and run.partition == partition, moment, f"{job} {partition}"
        )

    def _jump(self, moment: datetime) -> None:
        """Forward only, and not while a run is at work: its process would be taken for another's."""
        self._wait(lambda: not is_at_work(self._state), "a run of before")
        if moment > self.place.clock.now():
            self.place.clock.set(moment)

    def _succeeded(self, is_it: Callable[[Run], bool], since: datetime, name: str) -> Run:
        """Wait until a run has succeeded and its process has ended."""

        def look() -> Run | None:
            alive = self._processes.look()
            found = [run for run in runs_since(self._state, since) if is_it(run)]
            if found and found[-1].has_failed:
                sys.exit(f"{name} has failed: run {found[-1].run_id} in {self._state}")
            return found[-1] if found and found[-1].status == "SUCCESS" and not alive else None

        return self._wait(look, name)

    def _wait(self, look: Callable[[], Found], name: str) -> Found:
        deadline = time.monotonic() + _LONGEST_RUN_SECONDS
        while not (found := look()):
            self.services.require()
            if time.monotonic() > deadline:
                sys.exit(f"{name} has not succeeded within {_LONGEST_RUN_SECONDS} s; see the logs beside it")
            time.sleep(LOOK_SECONDS)
        return found


def first_moment(day: date) -> datetime:
    """When a first day's uploads are received."""
    return _moment(day, _OF_RECEIPT)


def _moment(day: date, at: clock_time) -> datetime:
    return datetime.combine(day, at, _ZONE)
