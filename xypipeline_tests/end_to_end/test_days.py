"""Single days and bad input, through the command line."""

import random
import shutil
from pathlib import Path

import pytest

from xypipeline_tests.end_to_end.installation import Installation

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("days")]

DAYS = ["2023-04-01", "2023-04-02", "2023-04-03"]


@pytest.fixture(scope="module")
def uploads(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The first days of the quarter, messy and with faults."""
    installation = Installation(tmp_path_factory.mktemp("uploads"))
    installation.must("simulate", "2023Q2", "--scale", "0.0005", "--faults", "0.02", "--messy")
    for folder in installation.landing_dir.iterdir():
        if folder.is_dir() and folder.name not in DAYS:
            shutil.rmtree(folder)
    return installation.landing_dir


def installation_with(uploads: Path, folder: Path) -> Installation:
    shutil.copytree(uploads, folder / "landing")
    return Installation(folder)


@pytest.mark.long
def test_days_one_by_one_in_any_order_give_what_the_range_gives(uploads: Path, tmp_path: Path) -> None:
    at_once = installation_with(uploads, tmp_path / "at once")
    one_by_one = installation_with(uploads, tmp_path / "one by one")
    shuffled = random.Random(5).sample(DAYS, len(DAYS))

    at_once.must("run", f"{DAYS[0]}..{DAYS[-1]}")
    for day in shuffled:
        one_by_one.must("run", day)

    assert one_by_one.attachment_bytes("2023Q2") == at_once.attachment_bytes("2023Q2")
    same = "select * from validated.finding order by all"
    assert one_by_one.query(same).equals(at_once.query(same))


def test_a_day_for_which_nothing_arrived_succeeds(tmp_path: Path) -> None:
    installation = Installation(tmp_path)
    installation.landing_dir.mkdir()

    installation.must("run", "2023-05-01")

    rows = installation.attachment("2023Q2")["rows"]
    assert {row["rows_uploaded"] for row in rows} == {None}


def test_what_is_wrong_with_a_period_is_told_without_a_traceback(tmp_path: Path) -> None:
    done = Installation(tmp_path).call("run", "2023Q7")

    assert done.returncode == 1
    assert "2023Q7" in done.stderr
    assert "Traceback" not in done.stderr
    assert Installation(tmp_path).call("run").returncode == 2


def test_bad_files_are_refused_with_a_reason_and_the_rest_is_done(uploads: Path, tmp_path: Path) -> None:
    installation = installation_with(uploads, tmp_path / "bad")
    day = installation.landing_dir / DAYS[0]
    bad = {
        day / "411500001" / "patient_info.xlsx": b"this is no workbook",
        day / "411500001" / "no_such_table.csv": b"a,b\n1,2\n",
        day / "411500001" / "patient_info.pdf": b"%PDF",
        day / "999999999" / "patient_info.csv": b"org_code\n999999999\n",
        installation.landing_dir / "2023-02-30" / "411500001" / "patient_info.csv": b"org_code\n",
    }
    for path, content in bad.items():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)

    installation.must("run", DAYS[0])

    refused = installation.query(
        "select path, reason from landing.file where status = 'refused' order by path"
    )
    assert refused["path"].to_list() == sorted(
        path.relative_to(installation.landing_dir).as_posix() for path in bad
    )
    assert refused["reason"].null_count() == 0
    assert installation.query("select sum(rows_accepted) as accepted from landing.file")["accepted"][0] > 0
