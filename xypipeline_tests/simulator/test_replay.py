import pytest

from xypipeline.errors import SimulationError
from xypipeline.periods import Quarter
from xypipeline.simulator.replay import load_replays


def test_the_replay_is_the_published_attachment() -> None:
    replays = load_replays(Quarter(2023, 2))

    assert len(replays) == 18
    assert sum(replay.rows for replay in replays) == 49_485_949
    assert sum(replay.is_continuous for replay in replays) == 9


def test_a_quarter_without_replay_names_those_there_are() -> None:
    with pytest.raises(SimulationError, match="no replay of 2023Q1; there is one of 2023Q2"):
        load_replays(Quarter(2023, 1))
