import pytest

from xypipeline.registry.model import Platform
from xypipeline.scores.remarks import remark_on


@pytest.mark.parametrize(
    ("platform", "tables_uploaded", "remark"),
    [
        (None, 0, "未联通"),
        ("province", 0, "已联通省全民健康信息平台"),
        ("city", 0, "未上传数据"),
        ("city", 1, None),
    ],
)
def test_a_remark_says_why_figures_are_missing(
    platform: Platform | None, tables_uploaded: int, remark: str | None
) -> None:
    assert remark_on(platform, tables_uploaded) == remark
