from pathlib import Path

import pytest

from xypipeline.errors import SimulationError
from xypipeline.simulator.landing_folder import NOTE_NAME, open_landing_folder

OURS = "2023-04-01/411500001/department.csv"


def simulate_into(folder: Path) -> None:
    with open_landing_folder(folder, {"seed": 1}) as landing:
        landing.write(OURS, b"ours")


def clear(folder: Path) -> None:
    with open_landing_folder(folder, {"seed": 2}):
        pass


def test_an_earlier_simulation_is_replaced(tmp_path: Path) -> None:
    simulate_into(tmp_path)

    clear(tmp_path)

    assert [path.name for path in tmp_path.rglob("*")] == [NOTE_NAME]


def test_a_simulation_that_was_stopped_is_replaced(tmp_path: Path) -> None:
    simulate_into(tmp_path)
    note = tmp_path / NOTE_NAME
    # Stopped while it noted the next upload, before any size was known.
    note.write_text(f'{{"seed": 1}}\n["{OURS}", null]\n["2023-04-0', encoding="utf-8")

    clear(tmp_path)

    assert [path.name for path in tmp_path.rglob("*")] == [NOTE_NAME]


def test_uploads_of_hospitals_are_refused_and_left_alone(tmp_path: Path) -> None:
    simulate_into(tmp_path)
    real = tmp_path / "2023-04-01/411500001/staff.csv"
    real.write_bytes(b"real")

    with pytest.raises(SimulationError, match=r"not simulated, for one 2023-04-01/411500001/staff\.csv"):
        clear(tmp_path)

    assert (real.read_bytes(), (tmp_path / OURS).read_bytes()) == (b"real", b"ours")


def test_an_upload_that_was_replaced_since_counts_as_real(tmp_path: Path) -> None:
    simulate_into(tmp_path)
    (tmp_path / OURS).write_bytes(b"sent by the hospital")

    with pytest.raises(SimulationError):
        clear(tmp_path)


def test_hidden_files_of_others_are_left_alone(tmp_path: Path) -> None:
    hidden = tmp_path / ".gitkeep"
    hidden.write_bytes(b"")

    simulate_into(tmp_path)

    assert hidden.is_file()
