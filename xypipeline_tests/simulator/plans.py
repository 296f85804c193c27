"""Plans of single hospitals, as tests want them."""

from xypipeline.periods import Quarter
from xypipeline.simulator.hospital_kinds import load_kinds
from xypipeline.simulator.plan import HospitalPlan, plan_hospital
from xypipeline.simulator.replay import Replay
from xypipeline.standard.catalogue import current_catalogue

QUARTER = Quarter(2023, 2)


def plan(replay: Replay, scale: float = 0.001, seed: int = 1) -> HospitalPlan:
    """The plan of one hospital in the replayed quarter."""
    kind = load_kinds()[replay.kind]
    return plan_hospital(replay, kind, QUARTER, current_catalogue(), scale=scale, seed=seed)
