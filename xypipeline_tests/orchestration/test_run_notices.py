from collections.abc import Iterator

import dagster as dg
import pytest

from xypipeline.notices.notice import Notice
from xypipeline.orchestration.run_notices import notices_of_run

UI = "http://city.example"
STANDING = dg.AssetKey(["scores", "standing"])


@dg.multi_asset(
    specs=[dg.AssetSpec(STANDING)],
    check_specs=[dg.AssetCheckSpec("fit_to_publish", asset=STANDING, blocking=True)],
)
def standing() -> Iterator[dg.MaterializeResult | dg.AssetCheckResult]:
    yield dg.MaterializeResult(asset_key=STANDING)
    yield dg.AssetCheckResult(
        asset_key=STANDING, check_name="fit_to_publish", passed=False, description="缺少 1 家医院"
    )


@dg.multi_asset(specs=[dg.AssetSpec("attachment", deps=[STANDING])])
def attachment() -> None:
    pass


@dg.multi_asset(specs=[dg.AssetSpec("broken")])
def broken() -> None:
    raise ValueError("413001196107230998")


@pytest.fixture
def instance() -> Iterator[dg.DagsterInstance]:
    with dg.DagsterInstance.ephemeral() as instance:
        yield instance


def told_of(
    instance: dg.DagsterInstance, *assets: dg.AssetsDefinition, tags: dict[str, str] | None = None
) -> tuple[str, list[Notice]]:
    config = {"loggers": {"console": {"config": {"log_level": "CRITICAL"}}}}
    result = dg.materialize(assets, instance=instance, tags=tags, run_config=config, raise_on_error=False)
    run = instance.get_run_by_id(result.run_id)
    return f"{UI}/runs/{result.run_id}", notices_of_run(instance, run, UI)


def test_a_check_that_stops_a_run_is_one_cause(instance: dg.DagsterInstance) -> None:
    _, notices = told_of(instance, standing, attachment)

    assert notices == [
        Notice(
            cause="scores.standing:fit_to_publish",
            title="检查未通过：fit_to_publish（scores.standing）",
            lines=("缺少 1 家医院",),
            link=f"{UI}/assets/scores/standing?view=checks&checkDetail=fit_to_publish",
        )
    ]


def test_an_error_is_told_by_its_step_only(instance: dg.DagsterInstance) -> None:
    run, notices = told_of(instance, broken)

    assert notices == [
        Notice(
            cause="run",
            title="运行失败：__ephemeral_asset_job__",
            lines=("分区：无", "- 步骤 broken", "修复后请在界面中重新执行。"),
            link=run,
        )
    ]


def test_both_are_told_where_both_happened(instance: dg.DagsterInstance) -> None:
    _, notices = told_of(instance, standing, broken)

    assert [notice.cause for notice in notices] == ["run", "scores.standing:fit_to_publish"]


def test_what_will_be_tried_again_is_not_told_yet(instance: dg.DagsterInstance) -> None:
    _, notices = told_of(instance, broken, tags={"dagster/will_retry": "true"})

    assert notices == []


def test_a_run_that_never_began_says_so(instance: dg.DagsterInstance) -> None:
    job = dg.Definitions(assets=[broken], jobs=[dg.define_asset_job("intake")]).resolve_job_def("intake")
    run = instance.create_run_for_job(job, tags={"dagster/partition": "2023-04-05"})
    instance.report_run_failed(run)

    (notice,) = notices_of_run(instance, instance.get_run_by_id(run.run_id), UI)

    assert notice.lines[:2] == ("分区：2023-04-05", "没有步骤报告失败：运行未能启动，或进程中断")
