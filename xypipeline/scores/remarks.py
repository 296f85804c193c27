"""The attachment's remark on a hospital that has no figures."""

from xypipeline.registry.model import Platform

UNCONNECTED = "未联通"
PROVINCE = "已联通省全民健康信息平台"
NOTHING_UPLOADED = "未上传数据"


def remark_on(platform: Platform | None, tables_uploaded: int) -> str | None:
    """Why a hospital's figures are missing; None where they are not.

    Source: docs/scoring.md, clause 9.
    """
    if platform is None:
        return UNCONNECTED
    if platform == "province":
        return PROVINCE
    return NOTHING_UPLOADED if tables_uploaded == 0 else None
