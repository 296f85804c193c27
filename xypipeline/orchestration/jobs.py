"""The two jobs: take in upload days, and publish a quarter from what was taken in."""

import dagster as dg

from xypipeline.orchestration.intake import arrivals, raw_tables, validated_tables
from xypipeline.orchestration.publishing import ledger, publication, standing

INTAKE_JOB = "intake"
PUBLISH_JOB = "publish"

intake = dg.define_asset_job(
    INTAKE_JOB,
    selection=dg.AssetSelection.assets(arrivals, raw_tables, validated_tables),
    description="接收:所选上传日的文件入库并逐表检查",
)

publish = dg.define_asset_job(
    PUBLISH_JOB,
    selection=dg.AssetSelection.assets(ledger, standing, publication),
    description="发布:汇总一个季度的台账、得分与附件",
)
