"""What is killed: each scenario is a state to begin with and a command."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from xypipeline_tests.crash.installation import DAYS, Place, Server, upload

Prepare = Callable[[Server, Place], None]
QUARTER = "2023Q2"
REVIEW = ("edition", "review", QUARTER, "--by", "李四")
PUBLISH = ("edition", "publish", QUARTER, "--by", "王五")
ALL_DAYS = ("run", f"{DAYS[0]}..{DAYS[-1]}")
BACKUP = "{folder}/backup"
NO_MORE = "no correction to decide on"


def uploaded(_server: Server, place: Place) -> None:
    for day in DAYS:
        upload(place, day)


def one_day(server: Server, place: Place) -> None:
    server.must(place, "run", DAYS[0])


def drafted(server: Server, place: Place) -> None:
    server.must(place, *ALL_DAYS)


def reviewed(server: Server, place: Place) -> None:
    server.must(place, *REVIEW)


def late_file(server: Server, place: Place) -> None:
    """Published, and then came a file."""
    server.must(place, *PUBLISH)
    upload(place, DAYS[1], part="late")


def correction_reviewed(server: Server, place: Place) -> None:
    server.must(place, "run", DAYS[1])
    server.must(place, *REVIEW)


def backed_up(server: Server, place: Place) -> None:
    """A backup of the first day; two more days since."""
    server.must(place, "backup", str(place.folder / "backup"))
    server.must(place, *ALL_DAYS)


AFTER: Mapping[Prepare, Prepare | None] = {
    uploaded: None,
    one_day: uploaded,
    drafted: uploaded,
    reviewed: drafted,
    late_file: reviewed,
    correction_reviewed: late_file,
    backed_up: one_day,
}
"""Each state is made of another."""


@dataclass(frozen=True)
class Scenario:
    """A command that is killed."""

    name: str
    state: Prepare
    command: tuple[str, ...]
    share: int
    """Of a thousand kills."""
    already_done: str = ""
    """What the command says, with an exit code of 1, when the killed one had done all."""
    mended_by: tuple[str, ...] = ()
    """Another command that has to complete what was killed; undisturbed, it comes after the scenario's."""
    then: tuple[tuple[str, ...], ...] = ()
    """What has to follow before the quarter verifies."""

    def command_in(self, place: Place) -> list[str]:
        """The command for an installation."""
        return [word.format(folder=place.folder) for word in self.command]

    def mending_in(self, place: Place) -> list[str]:
        """The command after a kill."""
        return list(self.mended_by) or self.command_in(place)


SCENARIOS = (
    Scenario("first run", uploaded, ("run", DAYS[0]), 40),
    Scenario("daily run", one_day, ("run", DAYS[1]), 100),
    Scenario("backfill", one_day, ALL_DAYS, 60),
    Scenario("correction drafted", late_file, ("run", DAYS[1]), 50, then=(REVIEW, PUBLISH)),
    Scenario("quarantine replay", drafted, ("quarantine", "replay", f"{DAYS[0]}..{DAYS[1]}"), 50),
    Scenario("replay, then a run", drafted, ("quarantine", "replay", DAYS[0]), 50, mended_by=ALL_DAYS),
    Scenario("review", drafted, REVIEW, 90),
    Scenario("publication", reviewed, PUBLISH, 180, already_done=NO_MORE),
    Scenario("correction published", correction_reviewed, PUBLISH, 160, already_done=NO_MORE),
    Scenario("backup", drafted, ("backup", BACKUP), 120, already_done="exists"),
    Scenario("restore", backed_up, ("restore", BACKUP), 100),
)
