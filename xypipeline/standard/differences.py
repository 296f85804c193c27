"""How two versions of the standard differ: tables, fields, codes, rules; no row is looked at."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Literal, TypeVar

from xypipeline.standard import labels
from xypipeline.standard.model import Catalogue, CodeList, Field, NotifiableDisease, Rule, Table

Change = Literal["added", "removed", "changed"]
Subject = Literal["table", "field", "code", "rule", "disease"]
Item = TypeVar("Item")
# Title of an aspect, and its text; empty for none.
Aspects = Mapping[str, str]


@dataclass(frozen=True)
class Difference:
    """One thing that two versions do not share."""

    subject: Subject
    change: Change
    place: str
    """Table code, `table.field`, value domain with or without ` code`, rule id, or ICD-10 code."""
    title_zh: str
    aspect_zh: str
    """What changed; empty for a thing that came or went."""
    old: str
    new: str


def differences(old: Catalogue, new: Catalogue) -> list[Difference]:
    """Every difference, each kind in the order of the new version, then the old's.

    Tables, fields, codes, rules, notifiable diseases. The fields of a table that came or went are not named
    one by one, nor the codes of such a domain. The order of tables and fields does not matter.
    """
    return [
        *_compared("table", old.tables, new.tables, _table_title, _table_aspects),
        *_field_differences(old, new),
        *_compared("code", old.code_lists, new.code_lists, _domain_title, _domain_aspects),
        *_code_differences(old, new),
        *_compared("rule", old.rules, new.rules, lambda rule: rule.title_zh, _rule_aspects),
        *_compared(
            "disease", *map(_diseases, (old, new)), lambda disease: disease.title_zh, _disease_aspects
        ),
    ]


def _field_differences(old: Catalogue, new: Catalogue) -> Iterator[Difference]:
    for code, table in new.tables.items():
        if code in old.tables:
            fields = [{f"{code}.{one.code}": one for one in t.fields} for t in (old.tables[code], table)]
            yield from _compared("field", *fields, lambda field: field.title_zh, field_aspects)


def _code_differences(old: Catalogue, new: Catalogue) -> Iterator[Difference]:
    for name, domain in new.code_lists.items():
        if name in old.code_lists:
            codes = [
                {f"{name} {code}": meaning for code, meaning in one.codes.items()}
                for one in (old.code_lists[name], domain)
            ]
            yield from _compared("code", *codes, str, lambda meaning: {"含义": meaning})


def _compared(
    subject: Subject,
    old: Mapping[str, Item],
    new: Mapping[str, Item],
    title: Callable[[Item], str],
    aspects: Callable[[Item], Aspects],
) -> Iterator[Difference]:
    for place, item in new.items():
        if place not in old:
            yield Difference(subject, "added", place, title(item), "", "", "")
            continue
        before, after = aspects(old[place]), aspects(item)
        for aspect, text in after.items():
            if text != before[aspect]:
                yield Difference(subject, "changed", place, title(item), aspect, before[aspect], text)
    for place, item in old.items():
        if place not in new:
            yield Difference(subject, "removed", place, title(item), "", "", "")


def _table_title(table: Table) -> str:
    return f"{table.title_zh}（{len(table.fields)} 个字段）"


def _domain_title(domain: CodeList) -> str:
    return f"{domain.title_zh}（{len(domain.codes)} 个代码）"


def _table_aspects(table: Table) -> Aspects:
    return {
        "名称": table.title_zh,
        "旧代码": table.legacy_code or "",
        "所属": table.domain_zh,
        "粒度": table.grain,
        "主键": "、".join(table.primary_key),
        "业务日期": table.event_date,
        "上传频率": labels.FREQUENCIES[table.expected_frequency],
        "适用范围": "、".join(table.applicability),
        "引用": "；".join(labels.describe_parent(parent, parent.table_code) for parent in table.parents),
    }


def field_aspects(field: Field) -> Aspects:
    """What the standard says of a field, aspect by aspect, as people read it; its note is left out."""
    return {
        "名称": field.title_zh,
        "旧代码": field.legacy_code or "",
        "类型": labels.TYPES[field.type],
        "长度": labels.describe_size(field),
        "必填": labels.REQUIRED[field.required],
        "值域": field.value_domain or "",
        "分隔符": field.list_separator or "",
        "范围": labels.describe_range(field),
        "格式": field.pattern or "",
        "敏感": labels.SENSITIVE[field.sensitive],
    }


def _domain_aspects(domain: CodeList) -> Aspects:
    return {"名称": domain.title_zh, "格式": domain.pattern or ""}


def _diseases(catalogue: Catalogue) -> Mapping[str, NotifiableDisease]:
    return {disease.code: disease for disease in catalogue.notifiable_diseases}


def _disease_aspects(disease: NotifiableDisease) -> Aspects:
    return {"名称": disease.title_zh, "分类": labels.INFECT_CLASSES[disease.class_code]}


def _rule_aspects(rule: Rule) -> Aspects:
    return {
        "名称": rule.title_zh,
        "适用表": rule.table_code,
        "类别": labels.KINDS[rule.kind],
        "内容": rule.expression,
        "级别": labels.SEVERITIES[rule.severity],
        "不入库": labels.describe_fatality(rule.fatal_on),
    }
