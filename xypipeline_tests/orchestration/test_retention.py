from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest

from xypipeline.orchestration.retention import RunRecord, prunable_runs

NOW = datetime(2023, 7, 1, tzinfo=UTC)
REPEATED_BEFORE, ALL_BEFORE = NOW - timedelta(days=90), NOW - timedelta(days=800)
TABLE, OTHER = "raw/department", "raw/staff"


def run(
    name: str,
    days_ago: int,
    *,
    job: str = "intake",
    partitions: tuple[str, str] = ("2023-01-01", "2023-01-01"),
    assets: frozenset[str] | None = None,
    ended: str = "success",
) -> RunRecord:
    return RunRecord(
        run_id=name,
        created=NOW - timedelta(days=days_ago),
        job=job,
        partitions=partitions,
        assets=assets,
        is_finished=ended != "not yet",
        is_success=ended == "success",
    )


def pruned(*runs: RunRecord) -> list[str]:
    old = prunable_runs(runs, repeated_before=REPEATED_BEFORE, all_before=ALL_BEFORE)
    return [record.run_id for record in old]


@pytest.mark.parametrize(
    ("later", "goes"),
    [
        pytest.param(lambda: run("later", 5), True, id="repeated"),
        pytest.param(lambda: run("later", 5, partitions=("2023-01-01", "2023-03-31")), True, id="in a range"),
        pytest.param(lambda: run("later", 5, ended="failure"), False, id="the repetition failed"),
        pytest.param(lambda: run("later", 5, ended="not yet"), False, id="the repetition still runs"),
        pytest.param(lambda: run("later", 5, job="publish"), False, id="another job"),
        pytest.param(lambda: run("later", 5, partitions=("2023-01-02",) * 2), False, id="another day"),
        pytest.param(lambda: run("later", 5, partitions=("", "")), False, id="no partition"),
        pytest.param(lambda: run("later", 5, assets=frozenset({TABLE})), False, id="one table only"),
    ],
)
def test_a_run_goes_when_a_later_one_repeated_all_of_it(
    later: Callable[[], RunRecord], *, goes: bool
) -> None:
    assert pruned(later(), run("old", 100)) == (["old"] if goes else [])


@pytest.mark.parametrize(("ended", "goes"), [("success", True), ("failure", True), ("not yet", False)])
def test_only_what_has_ended_goes(ended: str, *, goes: bool) -> None:
    assert pruned(run("old", 100, ended=ended), run("later", 5)) == (["old"] if goes else [])
    assert pruned(run("very old", 900, ended=ended)) == (["very old"] if goes else [])


def test_a_run_of_some_tables_is_repeated_by_one_of_more() -> None:
    one, two = frozenset({TABLE}), frozenset({TABLE, OTHER})

    assert pruned(run("old", 100, assets=one), run("later", 5, assets=two)) == ["old"]
    assert pruned(run("old", 100, assets=two), run("later", 5, assets=one)) == []
    assert pruned(run("old", 100, assets=one), run("later", 5)) == ["old"]


def test_the_only_record_of_a_partition_stays_until_it_is_very_old() -> None:
    assert pruned(run("only", 799)) == []
    assert pruned(run("only", 801)) == ["only"]


def test_a_recent_run_stays_though_it_was_repeated() -> None:
    assert pruned(run("first", 89), run("second", 1)) == []
