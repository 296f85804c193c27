from datetime import date

import dagster as dg
import pytest

from xypipeline.definitions import defs
from xypipeline.errors import PeriodError
from xypipeline.orchestration.cut_off import CutOff
from xypipeline.orchestration.score_columns import LEDGER, STANDING
from xypipeline.periods import Quarter, yesterday
from xypipeline.settings import Settings
from xypipeline_tests.end_to_end.installation import Installation

QUARTER = Quarter(2023, 2)


def publish(instance: dg.DagsterInstance, as_of: str) -> dg.ExecuteInProcessResult:
    return defs.resolve_job_def("publish").execute_in_process(
        instance=instance,
        partition_key="2023-04-01",
        run_config={
            "resources": {"cut_off": {"config": {"as_of": as_of}}},
            "loggers": {"console": {"config": {"log_level": "CRITICAL"}}},
        },
        raise_on_error=False,
    )


def test_without_a_day_the_quarter_counts_to_its_end_or_to_yesterday() -> None:
    running = Quarter.containing(yesterday())

    assert CutOff().day_of(QUARTER) == date(2023, 6, 30)
    assert CutOff().day_of(running) == yesterday()


@pytest.mark.parametrize(
    ("as_of", "told"),
    [
        ("2023-07-01", "不在 2023Q2 之内。as_of 须为 2023-04-01 至 2023-06-30"),
        ("2023-03-31", "不在 2023Q2 之内"),
        ("六月二十日", "不是日期。as_of 须为 2023-04-01 至 2023-06-30"),
        ("2023-06-31", "不是日期"),
    ],
)
def test_a_day_outside_the_quarter_is_refused_with_the_days_that_can_be_chosen(as_of: str, told: str) -> None:
    with pytest.raises(PeriodError, match=told):
        CutOff(as_of=as_of).day_of(QUARTER)


def test_a_day_that_is_not_over_is_refused() -> None:
    running = Quarter.containing(yesterday()).following

    with pytest.raises(PeriodError, match="尚未结束"):
        CutOff(as_of=running.last.isoformat()).day_of(running)


@pytest.mark.slow
def test_the_day_chosen_in_the_launchpad_holds_for_all_steps(
    instance: dg.DagsterInstance, settings: Settings
) -> None:
    assert publish(instance, "2023-06-20").success

    used = [
        instance.get_latest_materialization_event(key).asset_materialization.metadata["as_of"].value
        for key in (LEDGER, STANDING)
    ]
    assert used == ["2023-06-20", "2023-06-20"]
    assert Installation(settings.data_dir).attachment("2023Q2")["as_of"] == "2023-06-20"

    failed = publish(instance, "2023-07-20")
    [failure] = [event for event in failed.all_events if event.is_step_failure]
    assert "2023-07-20 不在 2023Q2 之内" in failure.step_failure_data.user_failure_data.description
