"""What a run does to a quarter's publication: draft it, or once it is published, correct it in a draft."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from xypipeline.publication.editions.changes import Change, find_changes
from xypipeline.publication.editions.correction import Correction, render_correction
from xypipeline.publication.editions.history import State
from xypipeline.publication.editions.manifest import MANIFEST, seal
from xypipeline.publication.editions.period_folder import Edition, PeriodFolder
from xypipeline.publication.editions.snapshot import Snapshot, read_snapshot
from xypipeline.publication.editions.transitions import repair

Render = Callable[[], Mapping[str, bytes]]
_PENDING_ZH = {"draft": "为草稿，尚未审核", "reviewed": "已审核，尚未公布"}


@dataclass(frozen=True)
class Outcome:
    """Where the quarter's latest figures lie and how far their edition has got."""

    folder: Path
    edition: int
    state: State
    changes: tuple[Change, ...] = ()
    """What the edition corrects, where it is the draft of a correction."""

    @property
    def told(self) -> str:
        """In Chinese, in a sentence."""
        if self.changes:
            return (
                f"已公布的数字有 {len(self.changes)} 处变化：第 {self.edition} 版（更正）"
                f"{_PENDING_ZH[self.state]}，已公布的各版未动。"
            )
        if self.state == "published":
            return f"第 {self.edition} 版已公布，数字没有变化，未作任何改动。"
        return f"第 {self.edition} 版{_PENDING_ZH[self.state]}。"


def keep_current(folder: Path, snapshot: Snapshot, render: Render) -> Outcome:
    """Let a period's folder hold the current figures, without touching what has been published.

    Args:
        folder: of the period.
        snapshot: the figures as they are now.
        render: gives every document of the period by its path; called only where they are needed.

    Raises:
        PublicationError: a published edition is missing or damaged.
    """
    period = repair(folder)
    latest = period.latest()
    if latest is None:
        return _draft(period, snapshot, render())
    changes = find_changes(read_snapshot(latest), snapshot)
    if changes:
        return _draft(period, snapshot, render(), latest, changes)
    period.drop_correction()
    return Outcome(folder, latest.number, latest.state)


def _draft(
    period: PeriodFolder,
    snapshot: Snapshot,
    documents: Mapping[str, bytes],
    corrected: Edition | None = None,
    changes: tuple[Change, ...] = (),
) -> Outcome:
    number, target = period.next_number, period.draft_folder
    contents = {**documents, **snapshot.evidence}
    if corrected:
        contents |= render_correction(Correction(snapshot.facts, number, corrected.number, changes))
    manifest = seal(contents, snapshot.facts, edition=number, corrects=corrected and corrected.number)
    period.write(target, {**contents, MANIFEST: manifest.to_bytes()})
    return Outcome(target, number, period.edition_in(target).state, changes)
