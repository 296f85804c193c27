"""The clock of the simulated days: libfaketime shows it to every process of the installation."""

import os
import platform
import sys
import time
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

LIBRARIES = (
    f"/usr/lib/{platform.machine()}-linux-gnu/faketime/libfaketimeMT.so.1",
    "/usr/lib64/faketime/libfaketimeMT.so.1",
    "/usr/lib/faketime/libfaketimeMT.so.1",
)
# Between the last time that the clock was set and the moment at which a soak was stopped, at most.
_LONGEST_WAIT = timedelta(hours=1)


@dataclass(frozen=True)
class Clock:
    """Runs as fast as any other, but can be set; the offset from the machine's is in a file."""

    file: Path

    def now(self) -> datetime:
        """The simulated moment."""
        return datetime.fromtimestamp(time.time() + float(self.file.read_text(encoding="ascii")), UTC)

    def set(self, moment: datetime) -> None:
        """Jump; only forward, as clocks do."""
        part = self.file.with_suffix(".part")
        part.write_text(f"{moment.timestamp() - time.time():+.3f}", encoding="ascii")
        part.replace(self.file)

    def resume(self, first: datetime) -> None:
        """Go on a little after the moment of the last jump, or begin with the first moment."""
        if self.file.exists():
            set_at = self.file.stat().st_mtime + float(self.file.read_text(encoding="ascii"))
            now = min(self.now(), datetime.fromtimestamp(set_at, UTC) + _LONGEST_WAIT)
            self.set(max(first, now))
        else:
            self.set(first)

    def environment(self, library: Path) -> dict[str, str]:
        """What a process needs to see this clock; the times of files and the monotonic clock stay real."""
        return {
            "LD_PRELOAD": str(library),
            "FAKETIME_TIMESTAMP_FILE": str(self.file),
            # Seconds, of reading the file again. Read at every look, the clock would be a third of the
            # daemon's work; nothing is at work while it jumps, so that who sees it late does no harm.
            "FAKETIME_CACHE_DURATION": "1",
            "FAKETIME_DONT_FAKE_MONOTONIC": "1",
            "NO_FAKE_STAT": "1",
        }


def forget(process: int) -> None:
    """Remove what the library leaves in shared memory of a process that was ended by a signal."""
    for name in (f"faketime_shm_{process}", f"sem.faketime_sem_{process}"):
        (Path("/dev/shm") / name).unlink(missing_ok=True)


def find_library() -> Path:
    """Where libfaketime lies: `FAKETIME_LIBRARY`, or where distributions put it."""
    given = os.environ.get("FAKETIME_LIBRARY")
    for path in [given] if given else LIBRARIES:
        if Path(path).is_file():
            return Path(path).resolve()
    sys.exit(
        "libfaketime is needed: apt-get install libfaketime, or name libfaketimeMT.so.1 in FAKETIME_LIBRARY"
    )
