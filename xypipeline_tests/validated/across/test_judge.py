from datetime import timedelta

import pytest

from xypipeline.standard.catalogue import current_catalogue
from xypipeline.validated.across import judge
from xypipeline.validated.across.queries import RuleQuery, rule_queries
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
