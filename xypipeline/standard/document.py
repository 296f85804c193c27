"""The standard as one readable page in Chinese, generated: `docs/standard.md` is never edited by hand.

`python -m xypipeline.standard.document` writes it; with `--check` it only tells whether it is out of date.
"""

import sys
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from pathlib import Path

from xypipeline.settings import PROJECT_ROOT
from xypipeline.standard import labels
from xypipeline.standard.catalogue import current_catalogue
from xypipeline.standard.model import Catalogue, CodeList, Field, Rule, Table
from xypipeline.standard.table_consistency import SCOPE_DOMAIN

DOCUMENT_PATH = PROJECT_ROOT / "docs" / "standard.md"
_COMMAND = "python -m xypipeline.standard.document"
_FIELD_HEADER = (
    *("序号", "字段代码", "旧代码", "名称", "类型", "长度", "必填"),
    *("值域", "范围", "格式", "敏感", "数据元", "说明"),
)
_RULE_HEADER = ("编号", "规则", "类别", "内容", "级别", "不入库")


def render(catalogue: Catalogue) -> str:
    """The whole standard as Markdown; the same standard always gives the same text."""
    parts = [*_opening(catalogue), *_contents(catalogue)]
    for table in catalogue.tables.values():
        parts += _table_part(table, catalogue)
    parts.append("## 值域")
    for code_list in catalogue.code_lists.values():
        parts += _code_list_part(code_list)
    parts += ["## 通用规则", "对每一张表都适用。", _rules(_rules_for_all(catalogue, is_intake=False))]
    parts += ["## 接收规则", "由平台在读取文件时执行。", _rules(_rules_for_all(catalogue, is_intake=True))]
    parts += _diseases_part(catalogue)
    parts += ["## 平台对账", "平台用于对账的表：上传方式与标准各表相同，但不计入完整性、数据量和上传日。"]
    for table in catalogue.control_tables.values():
        parts += _table_part(table, catalogue)
    return "\n\n".join(parts) + "\n"


def is_current(catalogue: Catalogue, path: Path) -> bool:
    """Whether the page on disk is what the standard says now."""
    return path.is_file() and path.read_text(encoding="utf-8") == render(catalogue)


def main(arguments: Sequence[str], path: Path = DOCUMENT_PATH) -> str | None:
    """Write the page, or with `--check` leave it; returns what is wrong, None if nothing."""
    if list(arguments) not in ([], ["--check"]):
        return f"{' '.join(arguments)} is not understood; give --check or nothing."
    if not arguments:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(render(current_catalogue()), encoding="utf-8", newline="\n")
    elif not is_current(current_catalogue(), path):
        return f"{path} is out of date; run `{_COMMAND}`."
    return None


def _opening(catalogue: Catalogue) -> Iterator[str]:
    fields = sum(len(table.fields) for table in catalogue.tables.values())
    yield f"# {catalogue.title}（{catalogue.version} 版）"
    yield f"本页由 `{_COMMAND}` 从标准文件生成，请勿手工修改。"
    yield (
        f"自 {catalogue.valid_from} 起执行。共 {len(catalogue.tables)} 张表、{fields} 个字段、"
        f"{len(catalogue.code_lists)} 个值域、{len(catalogue.rules)} 条规则。"
    )
    yield (
        "长度按字符计；小数为“总位数,小数位数”。日期写作 `YYYY-MM-DD`，日期时间写作 `YYYY-MM-DD HH:MM:SS`。"
        "范围含两端。空白、`-`、`/`、`无`、`null` 一律按空值处理。"
    )


def _contents(catalogue: Catalogue) -> Iterator[str]:
    yield "## 目录"
    header = ("序号", "表", "代码", "旧代码", "上传频率", "字段数")
    for domain, tables in groupby(catalogue.tables.values(), key=lambda table: table.domain_zh):
        yield f"**{domain}**"
        yield _markdown_table(header, (_contents_row(table) for table in tables))
    yield "[值域](#值域)　[通用规则](#通用规则)　[接收规则](#接收规则)　[法定传染病](#法定传染病)"


def _contents_row(table: Table) -> tuple[str, ...]:
    return (
        str(table.no),
        f"[{table.title_zh}](#{table.code})",
        _code(table.code),
        _code(table.legacy_code),
        labels.FREQUENCIES[table.expected_frequency],
        str(len(table.fields)),
    )


def _table_part(table: Table, catalogue: Catalogue) -> Iterator[str]:
    yield f'<a id="{table.code}"></a>'
    yield f"## {table.no}. {table.title_zh} {_code(table.code)}"
    yield "\n".join(f"- {name}：{value}" for name, value in _facts(table, catalogue) if value)
    yield _markdown_table(_FIELD_HEADER, (_field_row(field) for field in table.fields))
    own_rules = [rule for rule in catalogue.rules.values() if rule.table_code == table.code]
    if own_rules:
        yield "本表规则（另有[通用规则](#通用规则)）："
        yield _rules(own_rules)


def _facts(table: Table, catalogue: Catalogue) -> Iterator[tuple[str, str | None]]:
    scopes = catalogue.code_lists.get(SCOPE_DOMAIN)
    yield "旧代码", _code(table.legacy_code)
    yield "所属", table.domain_zh
    yield "粒度", table.grain
    yield "主键", "、".join(_code(column) for column in table.primary_key)
    yield "业务日期", _code(table.event_date)
    yield "上传频率", labels.FREQUENCIES[table.expected_frequency]
    yield "适用范围", labels.describe_applicability(table, scopes.codes if scopes else {})
    parents = (
        labels.describe_parent(parent, catalogue.tables[parent.table_code].title_zh)
        for parent in table.parents
    )
    yield "引用", "；".join(parents)
    yield "依据", table.references.replace(";", "；")
    yield "无数据时", table.absence_note


def _field_row(field: Field) -> tuple[str, ...]:
    separator = f"，多值以 {_code(field.list_separator)} 分隔" if field.list_separator else ""
    return (
        str(field.no),
        _code(field.code),
        _code(field.legacy_code),
        field.title_zh,
        labels.TYPES[field.type],
        labels.describe_size(field),
        labels.REQUIRED[field.required],
        f"[{field.value_domain}](#{_anchor(field.value_domain)}){separator}" if field.value_domain else "",
        labels.describe_range(field),
        _code(field.pattern),
        labels.SENSITIVE[field.sensitive],
        field.data_element_id or "",
        field.note or "",
    )


def _code_list_part(code_list: CodeList) -> Iterator[str]:
    yield f'<a id="{_anchor(code_list.id)}"></a>'
    yield f"### {code_list.id} {code_list.title_zh}"
    yield f"来源：{code_list.source}"
    if code_list.pattern:
        yield f"按格式校验：{_code(code_list.pattern)}" + ("；以下代码仅供显示。" if code_list.codes else "")
    if code_list.codes:
        yield _markdown_table(
            ("代码", "含义"), ((_code(code), text) for code, text in code_list.codes.items())
        )


def _diseases_part(catalogue: Catalogue) -> Iterator[str]:
    yield f"## 法定传染病\n\n{labels.DISEASES_NOTE}"
    rows = ((_code(one.code), *labels.describe_disease(one)) for one in catalogue.notifiable_diseases)
    yield _markdown_table(("ICD-10 编码起始", "病种", "分类"), rows)


def _rules_for_all(catalogue: Catalogue, *, is_intake: bool) -> list[Rule]:
    rules = (rule for rule in catalogue.rules.values() if rule.table_code == "*")
    return [rule for rule in rules if (rule.kind == "intake") == is_intake]


def _rules(rules: Iterable[Rule]) -> str:
    return _markdown_table(_RULE_HEADER, (_rule_row(rule) for rule in rules))


def _rule_row(rule: Rule) -> tuple[str, ...]:
    return (
        rule.id,
        rule.title_zh,
        labels.KINDS[rule.kind],
        rule.expression,
        labels.SEVERITIES[rule.severity],
        labels.describe_fatality(rule.fatal_on),
    )


def _markdown_table(header: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> str:
    lines = [header, ("---",) * len(header), *(tuple(map(_cell, row)) for row in rows)]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def _cell(text: str) -> str:
    # Outside code, `*` and `<` would be read as marks; a bar would end the cell even inside code.
    escaped = text if text.startswith("`") else text.replace("*", "\\*").replace("<", "&lt;")
    return escaped.replace("|", "\\|")


def _code(text: str | None) -> str:
    return f"`{text}`" if text else ""


def _anchor(domain_id: str) -> str:
    return "domain-" + "".join(char if char.isalnum() else "-" for char in domain_id)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
