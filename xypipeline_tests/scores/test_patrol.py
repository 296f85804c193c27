import pytest
from duckdb import DuckDBPyConnection
from hypothesis import given, settings
from hypothesis import strategies as st

from xypipeline.policy.policy import PatrolCutoffs
from xypipeline.registry.model import Registry
from xypipeline_tests.scores.calendars import april, cutoffs, outage, patrol, registry, warehouse_with

CITY = {"A": "city", "B": "city", "C": "city", "D": "city"}
MARKS = {
    "uploaded": "#",
    "never_uploaded": "n",
    "not_expected": "o",
    "province": "p",
    "unconnected": "u",
}


def drawn(connection: DuckDBPyConnection) -> dict[str, str]:
    """Each hospital's states, a character a day: P the platform's silence, H its own, r back, f first."""
    lines: dict[str, str] = {}
    for row in connection.sql("select * from scores.patrol_hospital order by patrol_date").pl().to_dicts():
        mark = MARKS.get(row["state"]) or row["silence"][0].upper()
        mark = "r" if row["returned_after_days"] else "f" if row["is_first_upload"] else mark
        lines[row["org_code"]] = lines.get(row["org_code"], "") + mark
    return lines


def draw(grid: str, hospitals: Registry, days: int, policy: PatrolCutoffs | None = None) -> dict[str, str]:
    connection = warehouse_with(grid)
    patrol(connection, hospitals, 1, days, policy)
    return drawn(connection)


def hospital_on(connection: DuckDBPyConnection, org_code: str, day: int) -> tuple:
    return connection.execute(
        "select last_upload_date, days_since_last_upload, silent_since, silent_days, returned_after_days"
        " from scores.patrol_hospital where org_code = ? and patrol_date = ?",
        [org_code, april(day)],
    ).fetchone()


def test_each_hospital_has_one_state_a_day() -> None:
    hospitals = registry({"A": "city", "B": "city", "C": "province", "D": None})
    assert draw("A .##..#\nC ##....\n", hospitals, 6) == {
        "A": "nf#HHr",
        "B": "nnnnnn",
        "C": "pppppp",
        "D": "uuuuuu",
    }


def test_rows_that_were_all_refused_are_no_upload() -> None:
    assert draw("A ##00#", registry({"A": "city"}), 5) == {"A": "f#HHr"}


def test_a_silence_counts_expected_days_and_freshness_all_days() -> None:
    connection = warehouse_with("A ##....#.")
    patrol(connection, registry({"A": "city"}, (outage(4, 4),)), 1, 8)
    assert drawn(connection) == {"A": "f#HoHHrH"}
    assert hospital_on(connection, "A", 4) == (april(2), 2, None, None, None)
    assert hospital_on(connection, "A", 6) == (april(2), 4, april(3), 3, None)
    assert hospital_on(connection, "A", 7) == (april(7), 0, None, None, 3)
    assert hospital_on(connection, "A", 8) == (april(7), 1, april(8), 1, None)


def test_a_silence_begins_after_the_outage_that_hides_it() -> None:
    connection = warehouse_with("A ##...")
    patrol(connection, registry({"A": "city"}, (outage(3, 4),)), 1, 5)
    assert hospital_on(connection, "A", 5) == (april(2), 3, april(5), 1, None)


def test_who_uploads_during_an_outage_has_uploaded_and_did_not_come_back() -> None:
    hospitals = registry({"A": "city"}, (outage(3, 4),))
    assert draw("A ##.##", hospitals, 5) == {"A": "f#o##"}


def test_nobody_is_silent_before_being_connected() -> None:
    assert draw("A ......#", registry({"A": "city"}, since=3), 7) == {"A": "uunnnnf"}


@pytest.mark.parametrize(
    ("grid", "states"),
    [
        pytest.param("A ##.\nB ##.\nC ###\nD ###", "PP##", id="exactly half"),
        pytest.param("A ##.\nB ###\nC ###\nD ###", "H###", id="below half"),
        pytest.param("A ##.\nB ##.\nC ##.\nD ##.", "PPPP", id="all"),
    ],
)
def test_many_hospitals_at_once_are_the_platform(grid: str, states: str) -> None:
    found = draw(grid, registry(CITY), 3)
    assert "".join(line[2] for line in found.values()) == states


def test_a_single_hospital_is_never_the_platform() -> None:
    assert draw("A ##.", registry({"A": "city"}), 3) == {"A": "f#H"}
    assert draw("A ##.", registry({"A": "city"}), 3, cutoffs(platform_at_least_hospitals=1)) == {"A": "f#P"}


def test_a_platform_silence_stays_one_until_enough_are_back() -> None:
    grid = "A ###.......\nB ###......#\nC ###.......\nD ##########"
    assert draw(grid, registry(CITY), 10) == {
        "A": "f##PPPPPPP",
        "B": "f##PPPPPPr",
        "C": "f##PPPPPPP",
        "D": "f#########",
    }
    assert draw(grid, registry(CITY), 10, cutoffs(platform_at_least_hospitals=3))["A"] == "f##PPPPPPH"


def test_who_fell_silent_before_the_others_has_its_own_cause() -> None:
    assert draw("A ##..\nB ###.\nC ###.\nD ####", registry(CITY), 4) == {
        "A": "f#HH",
        "B": "f##P",
        "C": "f##P",
        "D": "f###",
    }


@pytest.mark.parametrize(
    ("history", "changes", "cause"),
    [
        pytest.param("####", {}, "P", id="every day"),
        pytest.param(".#.#", {}, "P", id="exactly half of the days, exactly two"),
        pytest.param("...#", {"hospital_normal_at_least_pct": 25}, "H", id="one day is no habit"),
        pytest.param("...#", {"normal_at_least_days": 1}, "H", id="a quarter of the days is not half"),
    ],
)
def test_only_hospitals_that_normally_upload_make_a_platform_silence(
    history: str, changes: dict[str, int], cause: str
) -> None:
    grid = f"A #{history}.\nB #{history}.\nC ######\nD ######"
    assert draw(grid, registry(CITY), 6, cutoffs(**changes))["A"][-1] == cause


def test_a_day_that_nobody_patrolled_is_not_silent() -> None:
    connection = warehouse_with("A ##.....#")
    hospitals = registry({"A": "city"})
    patrol(connection, hospitals, 1, 2)
    patrol(connection, hospitals, 6, 8)
    assert hospital_on(connection, "A", 7) == (april(2), 5, april(6), 2, None)
    assert hospital_on(connection, "A", 8) == (april(8), 0, None, None, 2)


def test_an_older_day_patrolled_later_mends_the_days_after_it() -> None:
    connection = warehouse_with("A ##.....#")
    hospitals = registry({"A": "city"})
    patrol(connection, hospitals, 1, 2)
    patrol(connection, hospitals, 6, 8)
    assert patrol(connection, hospitals, 3, 5) == [april(day) for day in (3, 4, 5, 6, 7, 8)]
    assert hospital_on(connection, "A", 8) == (april(8), 0, None, None, 5)


grids = st.lists(st.text("#.", min_size=5, max_size=5), min_size=4, max_size=4).map(
    lambda lines: "\n".join(f"{name} {days}" for name, days in zip("ABCD", lines, strict=True))
)


@settings(max_examples=6)
@given(grid=grids, order=st.permutations(range(1, 6)))
def test_the_order_in_which_days_are_patrolled_does_not_matter(grid: str, order: list[int]) -> None:
    at_once, one_by_one = warehouse_with(grid), warehouse_with(grid)
    patrol(at_once, registry(CITY), 1, 5)
    for day in order:
        patrol(one_by_one, registry(CITY), day, day)
    for table in ("patrol_hospital", "patrol_table"):
        query = f"select * from scores.{table} order by all"
        assert at_once.sql(query).fetchall() == one_by_one.sql(query).fetchall()
