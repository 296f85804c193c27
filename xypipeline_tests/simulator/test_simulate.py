import gzip
import zipfile
from collections.abc import Callable
from datetime import date, datetime, timedelta
from pathlib import Path

import polars as pl
import pytest
from stdnum.cn import ric

from xypipeline.errors import SimulationError
from xypipeline.simulator.replay import load_replays
from xypipeline.simulator.simulate import DEFAULT_SEED, simulate
from xypipeline.standard.catalogue import current_catalogue
from xypipeline.standard.model import Table
from xypipeline_tests.simulator.conftest import HOSPITALS, Simulated
from xypipeline_tests.simulator.plans import QUARTER, plan
from xypipeline_tests.simulator.uploads import contents, read_table, record_keys, tables_of, upload_days

CATALOGUE = current_catalogue()
REPLAYS = {replay.org_code: replay for replay in load_replays(QUARTER)}
CENTRAL = "411500001"
CENTRAL_TABLES = [CATALOGUE.tables[code] for code in plan(REPLAYS[CENTRAL], seed=DEFAULT_SEED).tables]
MONEY = pl.Decimal(18, 2)


def records(landing: Path, org_code: str) -> int:
    return sum(
        len(record_keys(landing, org_code, code, CATALOGUE.tables[code].primary_key))
        for code in tables_of(landing, org_code)
    )


@pytest.mark.parametrize("org_code", HOSPITALS)
def test_files_hold_the_attachments_figures(plain: Path, org_code: str) -> None:
    replay = REPLAYS[org_code]

    assert len(tables_of(plain, org_code)) == replay.tables
    assert records(plain, org_code) == max(replay.tables, int(replay.rows * 0.001 + 0.5))
    assert upload_days(plain, org_code)[-1] == str(replay.last_upload_date)


def test_rows_follow_the_scale(simulated: Callable[..., Simulated]) -> None:
    landing, _ = simulated(scale=0.01, hospitals=("411528003",))

    assert records(landing, "411528003") == 2_948


def test_few_rows_are_departments_sent_every_day(
    simulated: Callable[..., Simulated],
) -> None:
    landing, _ = simulated(scale=1.0, hospitals=("411526001",))
    days = read_table(landing, "411526001", "department").group_by("upload_date").agg(pl.len())

    assert set(days["len"]) == {9}
    assert days.height == len(upload_days(landing, "411526001"))
    assert records(landing, "411526001") == 9


def test_the_same_seed_writes_the_same_bytes(plain: Path, simulated: Callable[..., Simulated]) -> None:
    assert contents(simulated()[0]) == contents(plain)


def test_another_seed_writes_other_bytes(plain: Path, simulated: Callable[..., Simulated]) -> None:
    assert contents(simulated(seed=7)[0]) != contents(plain)


def test_mess_and_faults_are_reproducible(simulated: Callable[..., Simulated]) -> None:
    first, second = (simulated(messy=True, fault_rate=0.01) for _ in range(2))

    assert contents(first[0]) == contents(second[0])
    assert first[1].equals(second[1])


def test_clean_uploads_expect_no_findings(simulated: Callable[..., Simulated]) -> None:
    _, expected = simulated(hospitals=("411522001",))

    assert expected.is_empty()
    assert expected.columns[-1] == "severity"


def test_messy_uploads_hold_the_same_records(plain: Path, simulated: Callable[..., Simulated]) -> None:
    messy, _ = simulated(messy=True)

    for org_code in HOSPITALS:
        assert upload_days(messy, org_code) == upload_days(plain, org_code)
    rows = [line for content in contents(plain).values() for line in content.splitlines()[1:]]
    assert len(rows) == sum(count_rows(path) for path in messy.rglob("*") if is_upload(path))


def is_upload(path: Path) -> bool:
    return path.is_file() and not path.name.startswith(".") and path.suffix != ".part"


def count_rows(path: Path) -> int:
    if path.suffix == ".parquet":
        return pl.read_parquet(path).height
    if path.suffix == ".xlsx":
        return pl.read_excel(path).height
    if path.suffix == ".zip":
        with zipfile.ZipFile(path) as archive:
            return sum(count_text_rows(archive.read(name), name) for name in archive.namelist())
    return count_text_rows(path.read_bytes(), path.name.removesuffix(".gz"))


def count_text_rows(content: bytes, name: str) -> int:
    content = gzip.decompress(content) if content.startswith(b"\x1f\x8b") else content
    encoding = next(name for name in ("utf-8-sig", "utf-16", "gb18030") if is_decodable(content, name))
    text = content.decode(encoding)
    if name.endswith(".jsonl"):
        return text.count("\n")
    header = text.splitlines()[0]
    delimiter = max(",|;\t", key=header.count)
    return pl.read_csv(text.encode(), separator=delimiter, infer_schema=False).height


def is_decodable(content: bytes, encoding: str) -> bool:
    if encoding == "utf-16" and not content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return False
    try:
        content.decode(encoding)
    except UnicodeDecodeError:
        return False
    return True


@pytest.mark.parametrize("table", CENTRAL_TABLES, ids=lambda table: table.code)
def test_parents_are_uploaded_no_later_than_their_children(central_hospital: Path, table: Table) -> None:
    children = read_table(central_hospital, CENTRAL, table.code)
    for parent in table.parents:
        rows = children
        if parent.when_column:
            rows = rows.filter(pl.col(parent.when_column).is_in(parent.when_values))
        own, others = zip(*parent.columns, strict=True)
        rows = rows.filter(pl.all_horizontal(pl.col(column) != "" for column in own))
        parents = (
            read_table(central_hospital, CENTRAL, parent.table_code)
            .group_by(others)
            .agg(pl.col("upload_date").min().alias("first_sent"))
        )
        joined = rows.join(parents, left_on=own, right_on=others, how="left")
        assert (joined["first_sent"] <= joined["upload_date"]).fill_null(value=False).all()


@pytest.mark.parametrize(
    "table", [table for table in CENTRAL_TABLES if not table.is_dictionary], ids=lambda table: table.code
)
def test_events_are_of_the_day_before_and_collected_in_the_small_hours(
    central_hospital: Path, table: Table
) -> None:
    rows = read_table(central_hospital, CENTRAL, table.code)
    for event, collected, updated, day in rows.select(
        table.event_date, "collect_time", "update_time", "upload_date"
    ).iter_rows():
        upload_date = date.fromisoformat(day)
        assert date.fromisoformat(event[:10]) == upload_date - timedelta(days=1)
        assert datetime.fromisoformat(collected).date() == upload_date
        gap = datetime.fromisoformat(updated) - datetime.fromisoformat(collected)
        assert timedelta(minutes=1) <= gap <= timedelta(minutes=10)


def test_id_cards_are_synthetic_with_valid_check_digits(central_hospital: Path) -> None:
    patients = read_table(central_hospital, CENTRAL, "patient_info").filter(pl.col("id_no") != "")

    assert patients.height > 20
    for number, birth_date, sex in patients.select("id_no", "birth_date", "sex_code").iter_rows():
        assert number[-1] == ric.calc_check_digit(number)
        # The prefecture's own code is given to nobody.
        assert number.startswith("411500" + birth_date.replace("-", ""))
        assert int(number[16]) % 2 == int(sex) % 2


def test_tables_agree_on_what_they_share(central_hospital: Path) -> None:
    stays = read_table(central_hospital, CENTRAL, "inpatient_admission").select("visit_id", "admission_time")
    for code in ("inpatient_discharge", "front_page", "discharge_summary", "admission_record"):
        rows = read_table(central_hospital, CENTRAL, code)
        if not rows.is_empty():
            joined = rows.join(stays, on="visit_id", suffix="_at_admission")
            assert joined.height == rows.height
            assert (joined["admission_time"] == joined["admission_time_at_admission"]).all()


def test_fee_lines_add_up_to_their_charge(central_hospital: Path) -> None:
    lines = read_table(central_hospital, CENTRAL, "outpatient_fee_detail").cast({"amount": MONEY})
    charges = read_table(central_hospital, CENTRAL, "outpatient_charge").cast({"total_amount": MONEY})
    sums = lines.group_by("charge_id").agg(pl.col("amount").sum())

    joined = charges.join(sums, on="charge_id")

    assert joined.height == charges.height > 0
    assert (joined["total_amount"] == joined["amount"]).all()


@pytest.mark.parametrize("options", [{"scale": 0.0}, {"scale": 1.5}, {"fault_rate": 2.0}], ids=str)
def test_parameters_out_of_bounds_are_refused(tmp_path: Path, options: dict[str, float]) -> None:
    with pytest.raises(SimulationError):
        simulate(
            QUARTER,
            landing_dir=tmp_path / "landing",
            expected_findings_path=tmp_path / "expected.parquet",
            **options,
        )
