"""How the terminal shows versions of the standard against each other; imported when a command needs it."""

from collections.abc import Sequence

import typer

from xypipeline.cli.tables import print_table
from xypipeline.publication.rounding import percentage
from xypipeline.quarantine.names import hospital_names
from xypipeline.registry.institutions import current_registry
from xypipeline.rehearsal.plan import Plan
from xypipeline.rehearsal.standard import Rehearsal
from xypipeline.standard.differences import Difference
from xypipeline.standard.model import Catalogue

_SUBJECTS = {"table": "表", "field": "字段", "code": "值域", "rule": "规则", "disease": "传染病"}
_CHANGES = {"added": "新增", "removed": "取消", "changed": "修改"}
_SEVERITIES = {"fatal": "致命", "error": "错误", "warn": "提示"}


def print_differences(old: Catalogue, new: Catalogue, found: Sequence[Difference]) -> None:
    """Each difference on a line, below the extent of both versions."""
    for word, one in (("原", old), ("新", new)):
        fields = sum(len(table.fields) for table in one.tables.values())
        typer.echo(
            f"{word}：{one.version}，自 {one.valid_from} 起，"
            f"{len(one.tables):,} 张表，{fields:,} 个字段，{len(one.rules):,} 条规则"
        )
    if not found:
        typer.echo("两个版本没有差别。")
        return
    rows = [
        (
            _SUBJECTS[one.subject],
            _CHANGES[one.change],
            one.place,
            one.title_zh,
            one.aspect_zh,
            one.old,
            one.new,
        )
        for one in found
    ]
    print_table(("对象", "变动", "代码", "名称", "项目", "原", "新"), rows, unfolded=("代码",))


def print_rehearsal(rehearsal: Rehearsal, new: Catalogue) -> None:
    """Who would fare otherwise, what would be found, and what could not be rehearsed."""
    plan = rehearsal.plan
    typer.echo(f"{len(plan.unchanged)} 张表两版判定相同，{len(plan.tables)} 张表已按两版各判一遍。")
    names = hospital_names(current_registry())
    _print_counts(rehearsal, new, names)
    _print_findings(rehearsal, new, names)
    _print_unrehearsed(plan)
    typer.echo("\n以上只是演练，没有写入任何结果。")


def _print_counts(rehearsal: Rehearsal, new: Catalogue, names: dict[str, str]) -> None:
    rows = [
        (
            names.get(one["org_code"], one["org_code"]),
            new.tables[one["table_code"]].title_zh,
            f"{one['rows']:,}",
            _rate(one["qualified_old"], one["rows"] - one["fatal_old"]),
            _rate(one["qualified_new"], one["rows"] - one["fatal_new"]),
            f"{one['newly_fatal'] or ''}",
            f"{one['released'] or ''}",
        )
        for one in rehearsal.compared.counts.iter_rows(named=True)
        if one["qualified_old"] != one["qualified_new"] or one["newly_fatal"] or one["released"]
    ]
    if not rows:
        typer.echo("没有医院的合格率或隔离行数会变动。")
        return
    typer.echo("\n合格率与隔离行数会变动的医院和表")
    header = ("医院", "表", "行数", "现合格率", "新合格率", "新隔离", "解除隔离")
    print_table(header, rows)


def _print_findings(rehearsal: Rehearsal, new: Catalogue, names: dict[str, str]) -> None:
    rows = [
        (
            names.get(one["org_code"], one["org_code"]),
            new.tables[one["table_code"]].title_zh,
            one["rule_id"],
            one["column_name"],
            _SEVERITIES[one["severity"]],
            f"{one['appearing'] or ''}",
            f"{one['vanishing'] or ''}",
        )
        for one in rehearsal.compared.findings.iter_rows(named=True)
    ]
    if rows:
        typer.echo("\n会增加和消除的问题")
        print_table(("医院", "表", "规则", "字段", "级别", "增加", "消除"), rows, unfolded=("规则", "字段"))


def _print_unrehearsed(plan: Plan) -> None:
    if plan.unrehearsed:
        typer.echo("\n不能演练的部分")
        rows = [(one.place, one.reason_zh) for one in plan.unrehearsed]
        print_table(("代码", "原因"), rows, unfolded=("代码",))


def _rate(part: int, whole: int) -> str:
    rate = percentage(part, whole, 2)
    return "—" if rate is None else f"{rate} %"
