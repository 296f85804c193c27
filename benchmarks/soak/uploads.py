"""The uploads: the replayed quarter's in every quarter, each day's moved into landing on that day."""

import os
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from xypipeline.periods import Quarter
from xypipeline.simulator.content import open_workshop
from xypipeline.simulator.hospital_kinds import load_kinds
from xypipeline.simulator.landing_folder import open_landing_folder
from xypipeline.simulator.plan import plan_hospital
from xypipeline.simulator.replay import Replay, load_replays
from xypipeline.simulator.simulate import DEFAULT_SEED
from xypipeline.simulator.uploads import UploadWriter
from xypipeline.standard.catalogue import current_catalogue

REPLAYED = Quarter(2023, 2)


@dataclass(frozen=True)
class UploadStore:
    """Uploads that wait for their day, beside landing."""

    folder: Path
    landing: Path
    scale: float

    def deliver(self, day: date, received_at: float) -> None:
        """Move a day's files into landing, as if received at a moment (seconds since 1970)."""
        quarter = Quarter.containing(day)
        store, target = self.folder / str(quarter), self.landing / day.isoformat()
        if not store.is_dir():
            self._simulate(quarter, store)
        waiting = store / day.isoformat()
        if target.is_dir() or not waiting.is_dir():
            return
        for path in waiting.rglob("*"):
            os.utime(path, (received_at, received_at))
        self.landing.mkdir(exist_ok=True)
        waiting.rename(target)

    def _simulate(self, quarter: Quarter, store: Path) -> None:
        part = store.with_suffix(".part")
        kinds, catalogue = load_kinds(), current_catalogue()
        with open_landing_folder(part, {"quarter": str(quarter)}) as folder, open_workshop() as connection:
            writer = UploadWriter(connection, folder, catalogue, fault_rate=0.0, is_messy=False)
            for replay in load_replays(REPLAYED):
                shifted, kind = _shifted(replay, quarter), kinds[replay.kind]
                plan = plan_hospital(shifted, kind, quarter, catalogue, scale=self.scale, seed=DEFAULT_SEED)
                for _ in writer.write_hospital(plan):
                    pass
        part.rename(store)


def _shifted(replay: Replay, quarter: Quarter) -> Replay:
    """As far from the quarter's end as in the replayed one."""
    return replace(replay, last_upload_date=quarter.last - (REPLAYED.last - replay.last_upload_date))
