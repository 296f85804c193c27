"""What the kernel says of processes: memory, time of the processors, open files."""

import os
from dataclasses import dataclass, field
from pathlib import Path

_PROC = Path("/proc")
_TICKS = os.sysconf("SC_CLK_TCK")


@dataclass
class RunProcesses:
    """The processes of runs, which the code server starts; looked at as long as they live."""

    parent: int
    peak_mb: float = 0
    cpu_seconds: dict[int, float] = field(default_factory=dict)

    def look(self) -> bool:
        """Note what there is to see now, and tell whether a run's process lives."""
        alive = False
        for process in children(self.parent):
            try:
                if _is_of_a_run(process):
                    alive = True
                    self.peak_mb = max(self.peak_mb, memory_mb(process, "VmHWM"))
                    self.cpu_seconds[process] = cpu_seconds(process)
            except (OSError, KeyError):
                continue  # it ended while it was looked at
        return alive


def children(process: int) -> list[int]:
    """The processes that it started itself."""
    found = []
    for thread in (_PROC / str(process) / "task").iterdir():
        try:
            found += map(int, (thread / "children").read_text(encoding="ascii").split())
        except FileNotFoundError:
            continue  # the thread ended
    return found


def memory_mb(process: int, name: str = "VmRSS") -> float:
    """Memory in use now, or with `VmHWM` the most that ever was."""
    lines = (_PROC / str(process) / "status").read_text(encoding="utf-8").splitlines()
    values = dict(line.split(":", 1) for line in lines)
    return int(values[name].split()[0]) / 1024


def open_files(process: int) -> int:
    """Its open descriptors."""
    return sum(1 for _ in (_PROC / str(process) / "fd").iterdir())


def cpu_seconds(process: int) -> float:
    """What it took of the processors so far."""
    # After the name in brackets, which may hold blanks: fields 14 and 15 are the user's and the system's.
    fields = (_PROC / str(process) / "stat").read_text(encoding="utf-8").rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / _TICKS


def _is_of_a_run(process: int) -> bool:
    command = (_PROC / str(process) / "cmdline").read_bytes()
    return b"spawn_main" in command
