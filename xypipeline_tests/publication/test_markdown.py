from dataclasses import replace

from xypipeline.policy.policy import Policy
from xypipeline.publication.attachment import compose_attachment
from xypipeline.publication.markdown import markdown_bytes
from xypipeline.publication.overview import survey
from xypipeline_tests.publication.city import CITY, SILENT, UPLOADING

EXPECTED = """\
# 全市公立医院与全民健康信息平台互联互通情况统计

2023年第二季度

- 接入率 75%：4 家医院中 3 家已联通（市平台 2 家，省平台 1 家）
- 未联通 1 家：丁医院
- 第一梯队（完整率达到 60% 以上）1 家：甲医院
- 第二梯队（完整率达到 40% 以上）0 家
- 第三梯队（完整率在 40% 以下）0 家
- 第四梯队（未上传数据）1 家：乙医院
- 上传表数量严重缺失（完整率不足 10%）0 家
- 4-6月数据连续性良好（中断不超过 10 天）1 家：甲医院
- 已上传数据量合计 1,000 条，合格率 99.94%

| 序号 | 地区 | 医院名称 | 上传表数量（共51张表） | 数据完整率(%) | 已上传数据量 | 上传中断天数 | 最近上传日期 | 梯队     |  得分 | 名次 | 备注                     |
| ---: | ---- | -------- | ---------------------: | ------------: | -----------: | -----------: | ------------ | -------- | ----: | ---: | ------------------------ |
|    1 | 市直 | 甲医院   |                     31 |         60.78 |         1000 |            3 | 2023-06-29   | 第一梯队 | 32.16 |    1 |                          |
|    2 | 市直 | 乙医院   |                        |               |              |              |              | 第四梯队 | 10.00 |    2 | 未上传数据               |
|    3 | 新县 | 丙医院   |                        |               |              |              |              |          |       |      | 已联通省全民健康信息平台 |
|    4 | 新县 | 丁医院   |                        |               |              |              |              |          |  0.00 |    3 | 未联通                   |

注：统计时间截至2023年6月30日，统计上传表类别按照规定的51张表内容统计。

上传中断天数：应上传之日（与市平台联通期间，扣除平台停机和经批准的停传日）中，未收到任何有效数据的天数；未上传数据的医院不计。

已上传数据量：统计期内上传的不同记录数，重复上传不重复计数，已撤销的记录不计。

计算依据：数据标准 2023.1 版，考核口径 2023.1 版，医院名册 9.9 版。
"""  # noqa: E501 (the lines of the page)


def test_the_page_reads_as_published(policy: Policy) -> None:
    attachment = compose_attachment(CITY, policy.decimals)

    assert markdown_bytes(attachment, survey(CITY, policy), policy).decode() == EXPECTED


def test_a_quarter_without_any_upload_claims_no_share_of_qualified_rows(policy: Policy) -> None:
    attachment = compose_attachment((SILENT,), policy.decimals)
    text = markdown_bytes(attachment, survey((SILENT,), policy), policy).decode()

    assert "- 已上传数据量合计 0 条\n" in text


def test_a_bar_in_a_name_does_not_end_the_cell(policy: Policy) -> None:
    city = (replace(UPLOADING, hospital="甲|医院"),)
    text = markdown_bytes(compose_attachment(city, policy.decimals), survey(city, policy), policy).decode()

    assert "| 甲\\|医院 |" in text
