"""The quarter 2023Q2, from simulated uploads to the attachment, through the command line."""

import csv
from importlib.resources import files

import polars as pl
import pytest

from xypipeline.standard.catalogue import current_catalogue
from xypipeline_tests.end_to_end.fault_report import compare_findings, read_findings
from xypipeline_tests.end_to_end.installation import Installation

# A small replay has too few rows for these; the model hospitals show them.
ACROSS = ("cross_table", "volume", "timeliness")
pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("quarter")]

SCALE = 0.001
GOOD_CONTINUITY = [
    "信阳市中心医院",
    "信阳市中医院",
    "信阳市妇幼保健院",
    "信阳职业技术学院附属医院",
    "罗山县中医院",
    "潢川县人民医院",
    "潢川县中医院",
    "商城县中医院",
    "新县人民医院",
]


def replay() -> list[dict]:
    text = files("xypipeline.simulator").joinpath("replays/2023Q2.csv").read_text(encoding="utf-8")
    return list(csv.DictReader(text.splitlines()))


def test_the_attachment_is_the_replay(clean: Installation) -> None:
    columns = ("seq", "org_code", "hospital", "tables_uploaded", "last_upload_date", "remark")
    published = [tuple(row[column] for column in columns) for row in clean.attachment("2023Q2")["rows"]]

    assert published == [
        (
            int(row["seq"]),
            row["org_code"],
            row["name"],
            int(row["tables_uploaded"]) if row["tables_uploaded"] else None,
            row["last_upload_date"] or None,
            row["remark"] or None,
        )
        for row in replay()
    ]


def test_the_rows_are_the_replays_rows_to_scale(clean: Installation) -> None:
    rows = {row["org_code"]: row["rows_uploaded"] for row in clean.attachment("2023Q2")["rows"]}

    assert rows == {
        row["org_code"]: max(int(row["tables_uploaded"]), int(int(row["rows_uploaded"]) * SCALE + 0.5))
        if row["rows_uploaded"]
        else None
        for row in replay()
    }


def test_tiers_access_and_good_continuity_follow_from_the_figures(clean: Installation) -> None:
    rows = clean.attachment("2023Q2")["rows"]

    assert [sum(row["tier"] == tier for row in rows) for tier in (1, 2, 3, 4)] == [0, 8, 10, 14]
    assert (sum(row["remark"] != "未联通" for row in rows), len(rows)) == (35, 41)
    good = [row["hospital"] for row in rows if (row["interruption_days"] or 0) <= 10 and row["rows_uploaded"]]
    assert good == GOOD_CONTINUITY


def test_clean_uploads_have_no_findings_and_every_file_is_loaded(clean: Installation) -> None:
    row_rules = [rule.id for rule in current_catalogue().rules.values() if rule.kind not in ACROSS]
    found = clean.query("select rule_id from validated.finding")

    assert found.filter(pl.col("rule_id").is_in(row_rules)).is_empty()
    assert clean.query("select distinct status from landing.file")["status"].to_list() == ["loaded"]


def test_faults_and_mess_do_not_change_the_attachment(clean: Installation, messy: Installation) -> None:
    assert messy.attachment_bytes("2023Q2") == clean.attachment_bytes("2023Q2")


def test_every_injected_fault_is_found_and_nothing_else(messy: Installation) -> None:
    report = compare_findings(*read_findings(messy))

    inexact = report.filter((pl.col("both") < pl.col("expected")) | (pl.col("both") < pl.col("found")))
    assert inexact.rows() == []
    assert report["expected"].sum() >= 49_485_949 * SCALE * 0.01


def test_findings_show_no_patient(messy: Installation) -> None:
    shown = messy.query(
        "select value_masked from validated.finding where value_masked is not null "
        "and regexp_matches(value_masked, '[0-9]{7}')"
    )

    assert shown.is_empty()


def test_the_ledger_adds_up(messy: Installation) -> None:
    files_seen = messy.query(
        "select coalesce(sum(rows_received), 0) as received, coalesce(sum(rows_accepted), 0) as accepted, "
        "coalesce(sum(rows_fatal), 0) as fatal from landing.file"
    )
    ledger = messy.query(
        "select sum(rows_received) as received, sum(rows_accepted) as accepted, sum(rows_fatal) as fatal "
        "from scores.ledger"
    )

    assert files_seen.rows() == ledger.rows()
    received, accepted, fatal = ledger.row(0)
    assert received == accepted + fatal
    assert fatal > 0


def test_running_the_quarter_again_changes_nothing(clean: Installation) -> None:
    before = clean.attachment_bytes("2023Q2")

    clean.must("run", "2023Q2")

    assert clean.attachment_bytes("2023Q2") == before


def test_the_runs_are_on_record_in_the_ui(clean: Installation) -> None:
    state = clean.data_dir / "state"

    assert (state / "runs").is_dir()
    assert any((state / "events").glob("*.db"))
