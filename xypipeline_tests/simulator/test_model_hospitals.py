from datetime import date, timedelta
from pathlib import Path

import polars as pl
import pytest

from xypipeline.simulator.faults import faults_of
from xypipeline.simulator.model_hospital.faults import load_model_hospitals
from xypipeline.simulator.model_hospital.plan import FIRST_DAY, LAST_DAY, plan_model_hospital
from xypipeline.simulator.model_hospital.simulate import simulate_model_hospitals
from xypipeline.simulator.streams import rows_by_day
from xypipeline.standard.catalogue import current_catalogue
from xypipeline.validated.across.queries import KEPT_ELSEWHERE, KINDS
from xypipeline_tests.simulator.uploads import contents, read_table, tables_of, upload_days

CATALOGUE = current_catalogue()
HOSPITALS = load_model_hospitals(CATALOGUE)
REGISTERS = "411500002"


@pytest.fixture(scope="module")
def registers(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, pl.DataFrame]:
    """The uploads of the hospital whose registers are faulty, and what must be found in them."""
    return _simulated(tmp_path_factory.mktemp("model"))


def _simulated(folder: Path) -> tuple[Path, pl.DataFrame]:
    landing, expected = folder / "landing", folder / "expected.parquet"
    simulate_model_hospitals(landing_dir=landing, expected_findings_path=expected, hospitals=[REGISTERS])
    return landing, pl.read_parquet(expected)


def test_there_is_one_fault_for_every_rule_that_is_judged_across_rows() -> None:
    broken = [fault.rule_id for hospital in HOSPITALS for fault in hospital.faults]
    judged = {rule.id for rule in CATALOGUE.rules.values() if rule.kind in KINDS} - set(KEPT_ELSEWHERE)

    # Two days' figures in one delivery: a rule of single rows that small quarters have no room to break.
    assert sorted(broken) == sorted([*judged, "R51-03"])
    assert [fault for hospital in HOSPITALS for fault in hospital.faults if not fault.clues] == []


def test_with_those_of_single_rows_every_rule_of_the_standard_has_a_fault() -> None:
    across = {fault.rule_id for hospital in HOSPITALS for fault in hospital.faults}
    of_rows = {
        breach.rule_id
        for table in CATALOGUE.tables.values()
        for fault in faults_of(table, CATALOGUE)
        for breach in fault.breaches
    }
    of_headers = {"I02"}
    # A revoked record counts nowhere: there is nothing to find.
    assert across | of_rows | of_headers == set(CATALOGUE.rules) - {"G10"}


def test_one_hospital_has_no_fault() -> None:
    assert [hospital.org_code for hospital in HOSPITALS if not hospital.faults] == ["411500001"]


def test_a_model_hospital_plans_every_table_and_each_daily_one_on_each_day() -> None:
    plan = plan_model_hospital(REGISTERS, "", seed=1)
    daily = {code for code, table in CATALOGUE.tables.items() if table.expected_frequency == "daily"}
    by_day = {stream.table_code: rows_by_day(stream) for stream in plan.streams if stream.table_code in daily}
    # Nobody is discharged before the first who came have stayed.
    after_first_stays = {code: min(rows[3:]) for code, rows in by_day.items()}

    assert set(plan.tables) == set(CATALOGUE.tables)
    assert (plan.upload_days[0], plan.upload_days[-1]) == (FIRST_DAY, LAST_DAY)
    assert min(after_first_stays.values()) > 0


def test_uploads_are_what_the_plan_says_on_every_day(registers: tuple[Path, pl.DataFrame]) -> None:
    landing, _ = registers
    days = (LAST_DAY - FIRST_DAY).days + 1

    assert tables_of(landing, REGISTERS) == set(CATALOGUE.deliverable)
    assert upload_days(landing, REGISTERS) == [str(FIRST_DAY + timedelta(days=day)) for day in range(days)]


def test_a_finding_lies_at_the_line_of_its_row(registers: tuple[Path, pl.DataFrame]) -> None:
    landing, expected = registers
    path, line = expected.filter(pl.col("rule_id") == "G09").select("path", "line").row(0)

    row = (landing / path).read_text(encoding="utf-8").splitlines()[line - 1]

    assert row.split(",")[:2] == [REGISTERS, "P00000008"]


def test_a_finding_of_a_day_has_neither_path_nor_line(registers: tuple[Path, pl.DataFrame]) -> None:
    landing, expected = registers
    silent = expected.filter(pl.col("rule_id") == "G18")

    assert silent.select("upload_date", "path", "line").rows() == [(date(2023, 5, 12), None, None)]
    assert "2023-05-12" not in read_table(landing, REGISTERS, "nursing_record")["upload_date"].to_list()


def test_the_same_seed_gives_the_same_bytes(registers: tuple[Path, pl.DataFrame], tmp_path: Path) -> None:
    landing, expected = registers

    again, expected_again = _simulated(tmp_path)

    assert contents(again) == contents(landing)
    assert expected_again.equals(expected)
