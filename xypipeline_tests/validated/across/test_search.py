from datetime import date, timedelta

from duckdb import DuckDBPyConnection

from xypipeline.standard.catalogue import current_catalogue
from xypipeline.validated.across.prepared import prepare
from xypipeline.validated.across.queries import RuleQuery
from xypipeline.validated.across.search import find_all
from xypipeline_tests.validated.across.judged import DAY, HOSPITAL, filled_warehouse

RULE = current_catalogue().rules["G21"]
BREACHES = (
    "select upload_date, org_code, path, line, null::varchar as column_name, dept_code as value "
    "from validated.outpatient_visit where upload_date between $first and $last and line <> "
)
VISITS = [{"dept_code": f"D{number}"} for number in (1, 2, 3)]


def found(
    connection: DuckDBPyConnection, queries: list[RuleQuery], days: tuple[date, date]
) -> tuple[list[RuleQuery], list[tuple]]:
    def prepared(cursor: DuckDBPyConnection) -> object:
        return prepare(cursor, current_catalogue())

    failed = find_all(connection, queries, prepare(connection, current_catalogue()), days, prepared)
    rows = "select query_no, org_code, value_masked from found order by query_no, value_masked"
    return failed, connection.execute(rows).fetchall()


def test_what_two_connections_find_comes_together_in_the_order_of_the_queries() -> None:
    connection = filled_warehouse({"outpatient_visit": VISITS})
    queries = [RuleQuery(RULE, "outpatient_visit", f"{BREACHES}{number % 3 + 1}") for number in range(30)]

    failed, rows = found(connection, queries, (DAY, DAY))

    assert failed == []
    assert rows == [
        (number, HOSPITAL, f"D{line}") for number in range(30) for line in (1, 2, 3) if line != number % 3 + 1
    ]


def test_a_query_that_cannot_be_computed_is_named_and_leaves_the_others() -> None:
    connection = filled_warehouse({"outpatient_visit": VISITS})
    right = RuleQuery(RULE, "outpatient_visit", f"{BREACHES}1")
    wrong = RuleQuery(RULE, "outpatient_visit", "select x from validated.outpatient_visit")

    failed, rows = found(connection, [wrong, right, wrong], (DAY, DAY + timedelta(days=1)))

    assert failed == [wrong, wrong]
    assert rows == [(1, HOSPITAL, "D2"), (1, HOSPITAL, "D3")]
