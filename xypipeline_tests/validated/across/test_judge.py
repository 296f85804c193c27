from datetime import date, timedelta

import pytest
from duckdb import DuckDBPyConnection

from xypipeline.raw import store as raw
from xypipeline.standard.catalogue import current_catalogue
from xypipeline.validated.across import judge, search
from xypipeline.validated.across.queries import RuleQuery, rule_queries
from xypipeline.validated.store import validate_days
from xypipeline_tests.validated.across.judged import DAY, REGISTRY, REVIEW_DAYS, filled_warehouse

UNKNOWN_DEPARTMENT = {"outpatient_visit": [{"dept_code": "D2"}], "department": [{"dept_code": "D1"}]}


def test_a_rule_that_cannot_be_computed_stops_no_other(monkeypatch: pytest.MonkeyPatch) -> None:
    catalogue, connection = current_catalogue(), filled_warehouse(UNKNOWN_DEPARTMENT)
    wrong = RuleQuery(catalogue.rules["G21"], "outpatient_visit", "select x from validated.outpatient_visit")
    monkeypatch.setattr(judge, "rule_queries", lambda catalogue: [wrong, *rule_queries(catalogue)])

    verdicts = judge.judge_across(connection, catalogue, REGISTRY, (DAY, DAY + timedelta(days=REVIEW_DAYS)))

    assert {kind: verdict.errors for kind, verdict in verdicts.items()} == {
        "cross_table": (),
        "volume": ("G21",),
        "timeliness": (),
    }
    found = connection.execute("select table_code from validated.finding where rule_id = 'G15'").fetchall()
    noted = connection.execute("select rule_id, table_code from validated.rule_error").fetchall()
    assert (found, noted) == ([("outpatient_visit",)], [("G21", "outpatient_visit")])


def judged_days(connection: DuckDBPyConnection) -> list[date]:
    versions = connection.execute("select distinct standard_version from validated.judged_day").fetchall()
    assert versions == [(current_catalogue().version,)]
    days = connection.execute("select upload_date from validated.judged_day order by upload_date")
    return [day for (day,) in days.fetchall()]


def test_the_days_judged_are_on_record_until_their_rows_are_judged_anew() -> None:
    catalogue, connection = current_catalogue(), filled_warehouse(UNKNOWN_DEPARTMENT)
    raw.create_tables(connection, catalogue)
    two_days_ago = DAY - timedelta(days=2)

    judge.judge_across(connection, catalogue, REGISTRY, (two_days_ago, two_days_ago))
    # From the review days before, up to the newest day with rows.
    all_days = [DAY - timedelta(days=number) for number in range(5, -1, -1)]
    assert judged_days(connection) == all_days

    validate_days(connection, catalogue, catalogue.tables["department"], DAY, DAY)
    assert judged_days(connection) == all_days[:-1]

    judge.judge_across(connection, catalogue, REGISTRY, (DAY, DAY))
    assert judged_days(connection) == all_days


def test_days_that_could_not_be_judged_are_not_on_record(monkeypatch: pytest.MonkeyPatch) -> None:
    catalogue, connection = current_catalogue(), filled_warehouse(UNKNOWN_DEPARTMENT)
    monkeypatch.setattr(search, "find_breaches", _stop)

    with pytest.raises(KeyboardInterrupt):
        judge.judge_across(connection, catalogue, REGISTRY, (DAY, DAY))

    assert connection.execute("select count(*) from validated.judged_day").fetchone() == (0,)


def _stop(*_: object) -> None:
    raise KeyboardInterrupt
