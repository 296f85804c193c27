import pytest
from duckdb import DuckDBPyConnection

from xypipeline.quarantine.reading import Scope, read_findings
from xypipeline.quarantine.replay import compare
from xypipeline.registry.institutions import current_registry
from xypipeline.standard.catalogue import current_catalogue
from xypipeline.validated.across.judge import judge_across
from xypipeline.validated.store import create_tables
from xypipeline_tests.publication.explain.installation import CATALOGUE
from xypipeline_tests.quarantine.installation import DAYS, FIRST, STRICTER, judge


@pytest.fixture
def both(warehouse: DuckDBPyConnection) -> tuple:
    """What is in quarantine by the stricter rules, and then by those in force."""
    strict = read_findings(warehouse, Scope())
    judge(warehouse, CATALOGUE)
    return strict, read_findings(warehouse, Scope())


def test_rows_that_the_rules_in_force_let_in_have_left(both: tuple) -> None:
    replayed = compare(*both)

    # The row without a key stays, though one of its two reasons is gone.
    assert replayed.left.rows() == [(FIRST, "department", 2)]
    assert replayed.entered.rows() == []
    assert (replayed.kept, replayed.unparsable) == (2, 1)


def test_rows_that_the_rules_keep_out_now_have_entered(both: tuple) -> None:
    replayed = compare(*reversed(both))

    assert replayed.left.rows() == []
    assert replayed.entered.rows() == [(FIRST, "department", 2)]
    assert (replayed.kept, replayed.unparsable) == (2, 1)


def test_judged_by_the_same_rules_nothing_moves(warehouse: DuckDBPyConnection) -> None:
    before = read_findings(warehouse, Scope())
    judge(warehouse, STRICTER)
    replayed = compare(before, read_findings(warehouse, Scope()))

    assert (replayed.left.height, replayed.entered.height) == (0, 0)
    assert (replayed.kept, replayed.unparsable) == (4, 1)


def test_judging_the_rules_across_rows_takes_nothing_out(warehouse: DuckDBPyConnection) -> None:
    create_tables(warehouse, current_catalogue())
    before = read_findings(warehouse, Scope())
    judge_across(warehouse, CATALOGUE, current_registry(), (DAYS.first, DAYS.last))

    assert read_findings(warehouse, Scope()).equals(before)
