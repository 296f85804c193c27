"""What was measured, as a table for people and as JSON for documents."""

import os
import platform
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from statistics import median
from typing import Any

from peers.processes import Measured

_FIGURES = ("seconds", "cpu_seconds", "peak_mb", "first_seconds")


@dataclass(frozen=True)
class PeerRuns:
    """All runs of one peer, and what we found in the same rows."""

    peer: str
    rows: int
    runs: Sequence[Measured]
    expected: Mapping[str, int]

    @property
    def mismatches(self) -> dict[str, list[int]]:
        """Check -> breaches that we found and that the peer found, where they differ."""
        found = self.runs[0].breaches
        return {
            check: [count, found[check]]
            for check, count in self.expected.items()
            if check in found and found[check] != count
        }

    @property
    def skipped(self) -> list[str]:
        """Checks that the peer cannot express."""
        return [check for check in self.expected if check not in self.runs[0].breaches]

    def median(self, figure: str) -> float:
        """The median of a figure of `Measured`."""
        return median(getattr(run, figure) for run in self.runs)


def as_data(peers: Sequence[PeerRuns], about: Mapping[str, Any]) -> dict[str, Any]:
    """Everything that was measured; the first peer is ours, and ratios are to it, times per row."""
    ours = peers[0]
    return {**about, "machine": _machine(), "peers": [_entry(one, ours) for one in peers]}


def _entry(one: PeerRuns, ours: PeerRuns) -> dict[str, Any]:
    figures = {figure: round(one.median(figure), 3) for figure in _FIGURES}
    scale = ours.rows / one.rows
    return {
        "peer": one.peer,
        "versions": dict(one.runs[0].versions),
        "rows": one.rows,
        "is_sample": one.rows < ours.rows,
        "runs": len(one.runs),
        **figures,
        "rows_per_second": round(one.rows / one.median("seconds")),
        "times_ours": {
            "seconds": round(one.median("seconds") * scale / ours.median("seconds"), 2),
            "cpu_seconds": round(one.median("cpu_seconds") * scale / ours.median("cpu_seconds"), 2),
            "peak_mb": round(one.median("peak_mb") / ours.median("peak_mb"), 2),
            "first_seconds": round(one.median("first_seconds") / ours.median("first_seconds"), 2),
        },
        "breaches": sum(one.runs[0].breaches.values()),
        "mismatches": one.mismatches,
        "skipped": one.skipped,
    }


def _machine() -> dict[str, Any]:
    return {"architecture": platform.machine(), "cores": os.cpu_count(), "python": platform.python_version()}


def as_table(data: Mapping[str, Any]) -> str:
    """One line for each peer; beside each figure how many times ours it is."""
    head = f"{'peer':<20}{'rows/s':>11}{'seconds':>18}{'CPU s':>18}{'peak MB':>18}{'first s':>18}  remarks"
    lines = [_about(data), head, *(_line(entry) for entry in data["peers"])]
    versions = {name: version for entry in data["peers"] for name, version in entry["versions"].items()}
    return "\n".join([*lines, ", ".join(f"{name} {version}" for name, version in sorted(versions.items()))])


def _about(data: Mapping[str, Any]) -> str:
    machine = data["machine"]
    return (
        f"{data['table_code']}: {data['rows']:,} rows ({data['megabytes']:,} MB), {data['checks']} checks, "
        f"{data['peers'][0]['breaches']:,} breaches; median of {data['runs']} runs; "
        f"{machine['architecture']}, {machine['cores']} cores, Python {machine['python']}"
    )


def _line(entry: Mapping[str, Any]) -> str:
    cells = [f"{entry[figure]:,.1f} ({entry['times_ours'][figure]:.2f} x)" for figure in _FIGURES]
    return (
        f"{entry['peer']:<20}{entry['rows_per_second']:>11,}"
        + "".join(f"{cell:>18}" for cell in cells)
        + f"  {_remarks(entry)}"
    ).rstrip()


def _remarks(entry: Mapping[str, Any]) -> str:
    if entry["mismatches"]:
        differing = ", ".join(f"{check} {a} -> {b}" for check, (a, b) in entry["mismatches"].items())
        return f"VOID, other breaches than ours: {differing}"
    remarks = [f"without {', '.join(entry['skipped'])}"] if entry["skipped"] else []
    if entry["is_sample"]:
        remarks.append(f"of {entry['rows']:,} rows; ratios per row")
    return "; ".join(remarks)
