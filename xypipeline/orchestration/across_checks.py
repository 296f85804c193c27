"""What the rules across rows found, as one Dagster check for each kind of them."""

import warnings
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

import dagster as dg

from xypipeline.harmless import visible
from xypipeline.orchestration.checks import (
    BREACHES,
    SEVERITIES_ZH,
    as_table,
    hospital_name,
    period_text,
)
from xypipeline.orchestration.partitions import DAYS
from xypipeline.periods import Period
from xypipeline.registry.institutions import Registry
from xypipeline.standard.model import Catalogue

if TYPE_CHECKING:
    # At run time it would bring Polars into every process that loads the definitions.
    from xypipeline.validated.across.verdict import AcrossVerdict

KINDS_ZH = {"cross_table": "跨表核对", "volume": "数量", "timeliness": "时效"}
_WORST_RULES = 20


def across_check_specs(key: dg.AssetKey) -> list[dg.AssetCheckSpec]:
    """One check per kind of rule, day by day; none of them blocks."""
    with warnings.catch_warnings():
        # As for the tables: without partitions the check would keep a plan for each day.
        warnings.simplefilter("ignore", dg.PreviewWarning)
        return [
            dg.AssetCheckSpec(kind, asset=key, description=f"{title}规则", partitions_def=DAYS)
            for kind, title in KINDS_ZH.items()
        ]


def across_results(
    key: dg.AssetKey,
    verdicts: Mapping[str, "AcrossVerdict"],
    days: Period,
    catalogue: Catalogue,
    registry: Registry,
) -> Iterator[dg.AssetCheckResult]:
    """A check passes when no rule of severity error is broken, and every rule could be computed."""
    for kind, verdict in verdicts.items():
        errors = verdict.findings.filter(severity="error")
        yield dg.AssetCheckResult(
            asset_key=key,
            check_name=kind,
            passed=errors.is_empty() and not verdict.errors,
            severity=dg.AssetCheckSeverity.ERROR if verdict.errors else dg.AssetCheckSeverity.WARN,
            description=_description(verdict),
            metadata={
                "1 上传日": period_text(days),
                "2 问题数": verdict.findings["breaches"].sum(),
                "3 涉及规则数": verdict.findings["rule_id"].n_unique(),
                "4 未能计算的规则": "、".join(verdict.errors) or "无",
                "5 问题最多的规则": _worst_rules(verdict, catalogue),
                "6 脱敏示例": _examples(verdict, catalogue, registry),
                "7 各医院": _by_hospital(verdict, catalogue, registry),
            },
        )


def _description(verdict: "AcrossVerdict") -> str:
    if verdict.errors:
        return f"{len(verdict.errors)} 条规则未能计算：{'、'.join(verdict.errors)}"
    rules, breaches = verdict.findings["rule_id"].n_unique(), verdict.findings["breaches"].sum()
    return f"{rules} 条规则发现 {breaches} 处问题" if rules else "没有发现问题"


def _worst_rules(verdict: "AcrossVerdict", catalogue: Catalogue) -> dg.TableMetadataValue:
    rows = [
        {
            "规则": one["rule_id"],
            "规则名称": catalogue.rules[one["rule_id"]].title_zh,
            "表": catalogue.tables[one["table_code"]].title_zh,
            "严重程度": SEVERITIES_ZH[one["severity"]],
            BREACHES: one["breaches"],
        }
        for one in verdict.findings.head(_WORST_RULES).iter_rows(named=True)
    ]
    return as_table(["规则", "规则名称", "表", "严重程度", BREACHES], rows)


def _by_hospital(verdict: "AcrossVerdict", catalogue: Catalogue, registry: Registry) -> dg.TableMetadataValue:
    rows = [
        {
            "机构代码": one["org_code"],
            "医院": hospital_name(one["org_code"], registry),
            "规则": one["rule_id"],
            "规则名称": catalogue.rules[one["rule_id"]].title_zh,
            "严重程度": SEVERITIES_ZH[one["severity"]],
            BREACHES: one["breaches"],
        }
        for one in verdict.by_hospital.iter_rows(named=True)
    ]
    return as_table(["机构代码", "医院", "规则", "规则名称", "严重程度", BREACHES], rows)


def _examples(verdict: "AcrossVerdict", catalogue: Catalogue, registry: Registry) -> dg.TableMetadataValue:
    rows = [
        {
            "上传日": str(one["upload_date"]),
            "医院": hospital_name(one["org_code"], registry),
            "文件": one["path"].split("/", 2)[-1] if one["path"] else "（当日）",
            "行": one["line"] or 0,
            "表": catalogue.tables[one["table_code"]].title_zh,
            "列": one["column_name"] or "",
            "规则": one["rule_id"],
            "脱敏值": visible(one["value_masked"] or "（空）"),
        }
        for one in verdict.sample.iter_rows(named=True)
    ]
    return as_table(["上传日", "医院", "文件", "行", "表", "列", "规则", "脱敏值"], rows)
