from datetime import date
from decimal import Decimal

import pytest

from xypipeline.errors import PeriodError
from xypipeline.periods import Quarter
from xypipeline.policy.policy import load_policy
from xypipeline.registry.model import Connection, Institution, Registry, Validity
from xypipeline.scores.standing import score_quarter
from xypipeline.scores.store import create_tables
from xypipeline.standard.catalogue import current_catalogue
from xypipeline.warehouse import connect_in_memory
from xypipeline_tests.scores.uploads import april, store_ledger

POLICY = load_policy(2023)
QUARTER = Quarter(2023, 2)
CATALOGUE = current_catalogue()
SINCE_JANUARY = Validity(date(2023, 1, 1), None)


def institution(seq: int, registered: Validity = SINCE_JANUARY) -> Institution:
    return Institution(seq, f"H{seq}", f"医院{seq}", "市直", "411500", "general", None, registered)


REGISTRY = Registry(
    version="r",
    institutions=(
        institution(1),
        institution(2, Validity(date(2023, 1, 1), april(10))),
        institution(3, Validity(april(20), None)),
    ),
    connections=(Connection("H1", "city", Validity(april(1), None), note=None),),
    exemptions=(),
)


def test_a_quarter_is_scored_from_ledger_register_and_policy_and_stored() -> None:
    connection = connect_in_memory()
    delivery = {"org_code": "H1", "table_code": "staff", "upload_date": april(3)}
    counts = {"rows_received": 9, "rows_accepted": 9, "rows_qualified": 8, "records_new": 9}
    store_ledger(connection, [delivery | counts])
    found = score_quarter(connection, CATALOGUE, REGISTRY, POLICY, QUARTER, april(5))
    assert found.rows(named=True) == [
        {
            "period": "2023Q2",
            "as_of": april(5),
            "standard_version": CATALOGUE.version,
            "policy_version": POLICY.version,
            "registry_version": "r",
            "seq": 1,
            "district": "市直",
            "org_code": "H1",
            "hospital": "医院1",
            "platform": "city",
            "tables_required": len(CATALOGUE.tables),
            "tables_applicable": len(CATALOGUE.tables),
            "tables_uploaded": 1,
            "rows_uploaded": 9,
            "upload_days": 1,
            "expected_days": 5,
            "interruption_days": 4,
            "longest_gap_days": 2,
            "last_upload_date": april(3),
            "days_since_last_upload": 2,
            "rows_accepted": 9,
            "rows_qualified": 8,
            "tier": 3,
            "is_severely_missing": True,
            "is_good_continuity": True,
            "score": Decimal("20.392156862745098"),
            "rank": 1,
            "remark": None,
        },
        found.row(1, named=True),
    ]
    assert found["org_code"].to_list() == ["H1", "H2"]
    assert connection.sql("select * from scores.standing order by seq").pl().equals(found)


def test_scoring_again_replaces_the_quarter_and_no_other() -> None:
    connection = connect_in_memory()
    for quarter, as_of in [(Quarter(2023, 1), date(2023, 3, 31)), (QUARTER, april(5)), (QUARTER, april(25))]:
        score_quarter(connection, CATALOGUE, REGISTRY, POLICY, quarter, as_of)
    for table in ("standing", "table_standing"):
        stored = connection.execute(f"select distinct period, as_of from scores.{table} order by period")
        assert stored.fetchall() == [("2023Q1", date(2023, 3, 31)), ("2023Q2", april(25))]


@pytest.mark.parametrize("as_of", [date(2023, 3, 31), date(2023, 7, 1)])
def test_a_cut_off_day_outside_the_quarter_is_refused(as_of: date) -> None:
    connection = connect_in_memory()
    create_tables(connection)
    with pytest.raises(PeriodError, match="give one from 2023-04-01 to 2023-06-30"):
        score_quarter(connection, CATALOGUE, REGISTRY, POLICY, QUARTER, as_of)
