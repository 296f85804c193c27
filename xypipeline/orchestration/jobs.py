"""The jobs: take in upload days, score a quarter, publish it."""

import dagster as dg
from dagster._core.storage.tags import MAX_RUNTIME_SECONDS_TAG

from xypipeline.orchestration.across import across
from xypipeline.orchestration.intake import arrivals, raw_tables, validated_tables
from xypipeline.orchestration.patrol import patrol
from xypipeline.orchestration.publishing import ledger, publication, standing
from xypipeline.orchestration.scorecards import scorecards

INTAKE_JOB = "intake"
SCORE_JOB = "score"
PUBLISH_JOB = "publish"
SCORECARDS_JOB = "update_scorecards"
# A quarter at full scale takes in within the instance's own limit; its scores within this one.
_SCORE_LIMIT = {MAX_RUNTIME_SECONDS_TAG: "7200"}

intake = dg.define_asset_job(
    INTAKE_JOB,
    selection=dg.AssetSelection.assets(arrivals, raw_tables, validated_tables, across, patrol),
    description="接收：所选上传日的文件入库、逐表检查、每日巡查。重复运行只会替换，不会重复。",
)

score = dg.define_asset_job(
    SCORE_JOB,
    selection=dg.AssetSelection.assets(ledger, standing),
    description="评分：按已接收的数据更新一个季度的台账与得分，不发布。",
    tags=_SCORE_LIMIT,
)

publish = dg.define_asset_job(
    PUBLISH_JOB,
    selection=dg.AssetSelection.assets(ledger, standing, publication),
    description=(
        "发布：汇总一个季度的台账、得分与附件。分区选季度首日；截止日可在 Launchpad 中填写 "
        "`resources: {cut_off: {config: {as_of: 2023-06-20}}}`，不填则为季度末日。"
    ),
    tags=_SCORE_LIMIT,
)

update_scorecards = dg.define_asset_job(
    SCORECARDS_JOB,
    selection=dg.AssetSelection.assets(scorecards),
    description="评分卡：按一个季度的得分与检查结果，更新各医院与各表的评分卡。不随发布冻结。",
    tags=_SCORE_LIMIT,
)
