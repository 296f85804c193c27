from pathlib import Path

from xypipeline.standard.catalogue import current_catalogue, load_catalogue
from xypipeline.standard.document import main, render

VISIT = """\
<a id="visit"></a>

## 2. 就诊 `visit`

- 旧代码：`TB_VISIT`
- 所属：门诊
- 粒度：每次就诊一行
- 主键：`org_code`、`visit_id`
- 业务日期：`visit_time`
- 上传频率：每日
- 适用范围：须同时开展：门诊（has_clinic）
- 引用：患者 patient（org_code、patient_id，仅当 kind_code 为 1、2）
- 依据：WS 445
- 无数据时：未开展门诊

| 序号 | 字段代码 | 旧代码 | 名称 | 类型 | 长度 | 必填 | 值域 | 范围 | 格式 | 敏感 | 数据元 | 说明 |
| --- | --- | --- | --- | --- | --- | --- | --- | --- | --- | --- | --- | --- |
| 1 | `org_code` | `YLJGDM` | 医疗机构代码 | 字符串 | 22 | 必填 |  |  | `^[0-9A-Z]+$` |  | DE08.10.052.00 |  |
| 2 | `visit_id` | `JZLSH` | 就诊流水号 | 字符串 | 32 | 必填 |  |  |  |  |  |  |
| 3 | `patient_id` | `HZID` | 患者标识 | 字符串 | 32 | 必填 |  |  |  |  |  |  |
| 4 | `visit_time` | `JZSJ` | 就诊时间 | 日期时间 |  | 必填 |  |  |  |  |  |  |
| 5 | `kind_code` |  | 就诊类型 | 字符串 | 1 | 必填 | [KIND](#domain-KIND) |  |  |  |  |  |
| 6 | `scope_codes` |  | 业务范围 | 字符串 | 50 | 选填 | [LC_BUSINESS_SCOPE](#domain-LC-BUSINESS-SCOPE)，多值以 `\\|` 分隔 |  |  |  |  |  |
| 7 | `fee` |  | 费用（元） | 小数 | 10,2 | 条件必填 |  | 0 ~ 1000.5 |  |  |  | 挂号收费时必填 |
| 8 | `age_years` |  | 年龄 | 整数 | 3 | 选填 |  | 0 ~ 130 |  |  |  |  |
| 9 | `modify_flag` | `XGBZ` | 修改标志 | 字符串 | 1 | 必填 | [FLAG](#domain-FLAG) |  |  |  |  |  |
| 10 | `collect_time` |  | 数据采集时间 | 日期时间 |  | 必填 |  |  |  |  |  |  |
| 11 | `update_time` |  | 数据更新时间 | 日期时间 |  | 必填 |  |  |  |  |  |  |

本表规则（另有[通用规则](#通用规则)）：

| 编号 | 规则 | 类别 | 内容 | 级别 | 不入库 |
| --- | --- | --- | --- | --- | --- |
| R02-01 | 就诊类型 | 单字段 | kind_code 只能为 1 或 2 | 错误 |  |
| R02-02 | 患者在册 | 表间 | patient_id 存在于 patient | 提示 |  |

## 值域
"""  # noqa: E501 (the lines of the page)


def test_a_table_is_described_whole(tiny_standard: Path) -> None:
    assert VISIT in render(load_catalogue(tiny_standard))


def test_the_page_shows_each_table_code_list_and_rule_once() -> None:
    catalogue = current_catalogue()
    lines = render(catalogue).splitlines()

    for table in catalogue.tables.values():
        assert lines.count(f"## {table.no}. {table.title_zh} `{table.code}`") == 1
    for code_list in catalogue.code_lists.values():
        assert lines.count(f"### {code_list.id} {code_list.title_zh}") == 1
    for rule in catalogue.rules.values():
        assert sum(line.startswith(f"| {rule.id} |") for line in lines) == 1


def test_anchors_are_unique_and_every_link_has_one() -> None:
    text = render(current_catalogue())
    anchors = [part.split('"')[0] for part in text.split('<a id="')[1:]]
    links = {part.split(")")[0] for part in text.split("](#")[1:]}

    assert len(set(anchors)) == len(anchors)
    assert links - set(anchors) == {"值域", "通用规则", "接收规则", "法定传染病"}


def test_every_row_of_a_table_has_as_many_cells_as_the_line_above() -> None:
    lines = render(current_catalogue()).splitlines()
    bars = [line.replace("\\|", "").count("|") for line in lines]

    assert [lines[i] for i in range(1, len(lines)) if bars[i - 1] and bars[i] not in (0, bars[i - 1])] == []


def test_the_page_is_out_of_date_until_it_is_written(tmp_path: Path) -> None:
    path = tmp_path / "docs" / "standard.md"

    assert main(["--check"], path) == (
        f"{path} is out of date; run `python -m xypipeline.standard.document`."
    )
    assert main([], path) is None
    assert main(["--check"], path) is None

    path.write_text(path.read_text(encoding="utf-8").replace("必填", "选填", 1), encoding="utf-8")
    assert main(["--check"], path) is not None


def test_an_unknown_option_writes_nothing(tmp_path: Path) -> None:
    path = tmp_path / "standard.md"

    assert main(["--chek"], path) == "--chek is not understood; give --check or nothing."
    assert not path.exists()


def test_the_shipped_page_is_current() -> None:
    assert main(["--check"]) is None
