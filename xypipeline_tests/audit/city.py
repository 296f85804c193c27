"""A small city with awkward names, its figures, and a bulletin on them of which every statement is true."""

from datetime import date
from decimal import Decimal
from fractions import Fraction

from xypipeline.audit.groups import round_half_up
from xypipeline.audit.published import HospitalFigures, PublishedFigures
from xypipeline.periods import Quarter

QUARTER = Quarter(2024, 1)
AS_OF = date(2024, 3, 31)
TABLES = 51


def uploading(seq: int, district: str, hospital: str, tables: int, **uploads: object) -> HospitalFigures:
    completeness = round_half_up(Fraction(100 * tables, TABLES), 2)
    tier = 1 if tables >= 31 else 2 if tables >= 21 else 3
    named = {"completeness_pct": completeness, "tier": tier, "score": Decimal(20), "rank": seq, **uploads}
    return HospitalFigures(hospital, seq, district, tables, **named)


def blank(seq: int, district: str, hospital: str, remark: str) -> HospitalFigures:
    tier = 4 if remark == "未上传数据" else None
    return HospitalFigures(hospital, seq, district, remark=remark, tier=tier)


ROWS = (
    uploading(
        1,
        "市直",
        "甲市中心医院",
        51,
        rows_uploaded=7131933,
        interruption_days=0,
        last_upload_date=date(2024, 3, 31),
    ),
    uploading(
        2,
        "市直",
        "甲市和平医院",
        31,
        rows_uploaded=5000,
        interruption_days=10,
        last_upload_date=date(2024, 3, 30),
    ),
    uploading(
        3,
        "市直",
        "甲市第一人民医院（东院区）",
        30,
        rows_uploaded=400,
        interruption_days=11,
        last_upload_date=date(2024, 3, 31),
    ),
    uploading(
        4,
        "乙县",
        "乙县人民医院",
        21,
        rows_uploaded=21,
        interruption_days=40,
        last_upload_date=date(2024, 3, 1),
    ),
    uploading(
        5,
        "乙县",
        "乙县中医院",
        20,
        rows_uploaded=3000,
        interruption_days=7,
        last_upload_date=date(2024, 3, 28),
    ),
    uploading(
        6,
        "乙县",
        "乙县为民医院",
        5,
        rows_uploaded=44,
        interruption_days=80,
        last_upload_date=date(2024, 1, 11),
    ),
    blank(7, "丙区", "丙区人民医院", "未上传数据"),
    blank(8, "丙区", "丙区中医院", "未上传数据"),
    blank(9, "丙区", "丙区妇幼保健院", "未联通"),
    blank(10, "丁县", "丁县人民医院", "已联通省全民健康信息平台"),
)
FIGURES = PublishedFigures(
    QUARTER, AS_OF, TABLES, ROWS, number="甲卫函〔2024〕12号", issued_on=date(2024, 4, 8)
)

HEADER = (
    "序号\t地区\t医院名称\t数据完整性\t\t已上传数据量\t1-3月数据连续性情况（天）\t\t备注\n"
    "\t\t\t上传表数量（共51张表）\t数据完整率(%)\t\t上传中断天数\t最近上传日期\t\n"
)
PROSE = """甲市卫生健康委员会

甲卫函〔2024〕12号

关于2024年度第一季度全民健康信息平台互联互通工作的通报

各县区卫生健康委：

2024年以来，全市9家二级以上公立医院与平台实现互联互通，其中6家已上传数据。现将截至2024年3月31日情况通报如下：

一、接入情况

全市10家二级以上公立医院共有9家公立医院接入平台，接入率90%，其中接入甲市全民健康信息平台8家，\
接入省全民健康信息平台1家（丁县人民医院）。未实现互联互通工作任务、进展缓慢的医院为丙区妇幼保健院。

二、数据完整性情况

根据各医院上传数据的完整性（要求51张表），分为四个梯队。

第一梯队（完整率达到60%以上），甲市中心医院、甲市和平医院等2所医院，缺失表数量在20张以内。

第二梯队（完整率达到40%以上），甲市第一人民医院（东院区）、乙县人民医院等两所医院，缺失表数量在30张以内。

第三梯队（完整率在40%以下），乙县中医院、乙县为民医院等2所医院，缺失表数量超过30张，\
其中乙县为民医院上传数据表数量严重缺失（完整率不足10%）。

第四梯队（未上传数据），丙区人民医院、丙区中医院等2所医院未在第一季度上传数据。

三、1-3月数据连续性情况

甲市中心医院、甲市和平医院、乙县中医院等3所医院数据上传良好（上传中断不超过10天），其他医院出现部分数据上传中断或完全中断。

部分中断（括号内为上传中断天数）：甲市第一人民医院（东院区）（11天）1所医院。

完全中断（截至2024年3月31日超过10天未上传）：乙县人民医院（40天）、乙县为民医院（80天）等2所医院；另有第四梯队2所医院未上传数据。

四、工作要求

确保2024年底前完成所有公立医院的接入。没有完成互联互通的单位（丙区妇幼保健院），务于4月3日前将未通情况报市卫生健康委。

互联互通度作为年终考核40分的积分项，主要考察联通（10分）、数据完整性（20分）和上传数据量（10分）三个指标。全市共上传数据714.04万条。

2024年4月8日

附件

"""
FOOTNOTE = "\n注：统计时间截至2024年3月31日，统计上传表类别按照规定的51张表内容统计。\n"


def table_of(rows: tuple[HospitalFigures, ...]) -> str:
    """The attachment as text, its header repeated in the middle, districts in their first row only."""
    middle = len(rows) // 2
    parts = [HEADER, *map(row_text, rows[:middle]), "\n", HEADER, *map(row_text, rows[middle:])]
    return "".join(parts)


def row_text(row: HospitalFigures) -> str:
    cells = (
        row.seq,
        row.district,
        row.hospital,
        row.tables_uploaded,
        row.completeness_pct,
        row.rows_uploaded,
        row.interruption_days,
        row.last_upload_date,
        row.remark,
    )
    return "\t".join("" if cell is None else str(cell) for cell in cells) + "\n"


BULLETIN = PROSE + table_of(ROWS) + FOOTNOTE
