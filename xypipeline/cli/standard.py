"""`xypipeline standard`: the data standard as people read it."""

from difflib import get_close_matches
from typing import TYPE_CHECKING, Annotated

import typer

from xypipeline.cli.tables import print_table
from xypipeline.errors import StandardError
from xypipeline.standard import labels
from xypipeline.standard.catalogue import VERSIONS_DIR, current_catalogue, load_catalogue

if TYPE_CHECKING:
    from collections.abc import Iterator

    from xypipeline.registry.model import Registry
    from xypipeline.standard.model import Catalogue, Field, Rule, Table

app = typer.Typer(
    help="Show and check the data standard, compare and rehearse versions.", no_args_is_help=True
)

OLD = typer.Argument(metavar="OLD", help="A version (2023.1), or the folder of one.", show_default=False)
NEW = typer.Argument(metavar="NEW", help="A version, or the folder of one.", show_default=False)
PERIOD = typer.Option(metavar="PERIOD", help="A day, a quarter, or a range A..B.", show_default=False)
TABLE = typer.Option(help="Its code, legacy code or Chinese title; all unless given.", show_default=False)


@app.command("list")
def list_tables(
    domain: Annotated[
        str | None, typer.Option(help="Only the tables of this domain: its code (fee) or title (费用).")
    ] = None,
) -> None:
    """List the tables that hospitals upload."""
    catalogue = current_catalogue()
    tables = [table for table in catalogue.tables.values() if domain in (None, table.domain, table.domain_zh)]
    if not tables:
        known = dict.fromkeys(f"{table.domain}（{table.domain_zh}）" for table in catalogue.tables.values())
        raise StandardError(f"The standard has no domain {domain!r}; it has {', '.join(known)}.")
    print_table(
        ("序号", "代码", "表", "所属", "上传频率", "字段数"), map(_table_row, tables), unfolded=("代码",)
    )


@app.command()
def show(
    table: Annotated[str, typer.Argument(metavar="TABLE", help="Its code, legacy code or Chinese title.")],
) -> None:
    """Show one table: keys, fields and rules."""
    catalogue = current_catalogue()
    found = _find_table(catalogue, table)
    typer.echo(f"{found.no}. {found.title_zh} {found.code} {found.legacy_code or ''}".rstrip())
    typer.echo(f"粒度：{found.grain}")
    typer.echo(f"主键：{'、'.join(found.primary_key)}　业务日期：{found.event_date}")
    typer.echo(f"上传频率：{labels.FREQUENCIES[found.expected_frequency]}")
    for parent in found.parents:
        title = catalogue.tables[parent.table_code].title_zh
        typer.echo(f"引用：{labels.describe_parent(parent, title)}")
    header = ("序号", "字段代码", "旧代码", "名称", "类型", "必填", "约束与说明")
    print_table(header, map(_field_row, found.fields), unfolded=("字段代码",))
    typer.echo()
    rules = map(_rule_row, catalogue.rules_of(found))
    print_table(("编号", "规则", "级别", "内容"), rules, unfolded=("编号",))


@app.command()
def check() -> None:
    """Read every version of the standard, and the register; tell their extent, or what is wrong and where."""
    from xypipeline.registry.institutions import REGISTRY_DIR, load_registry

    problems = []
    for folder in sorted(path for path in VERSIONS_DIR.iterdir() if path.is_dir()):
        try:
            typer.echo(_extent(load_catalogue(folder)))
        except StandardError as error:
            problems.append(str(error))
    if problems:
        raise StandardError("\n".join(problems))
    typer.echo(_register_extent(load_registry(REGISTRY_DIR, current_catalogue().tables)))


@app.command()
def diff(old: Annotated[str, OLD], new: Annotated[str, NEW]) -> None:
    """Tell how two versions differ: tables, fields, codes, rules."""
    from xypipeline.cli.rehearsal_tables import print_differences
    from xypipeline.standard.differences import differences
    from xypipeline.standard.version_folder import find_version_folder

    before, after = (load_catalogue(find_version_folder(text)) for text in (old, new))
    print_differences(before, after, differences(before, after))


@app.command()
def rehearse(
    new: Annotated[str, NEW],
    period: Annotated[str, PERIOD],
    table: Annotated[str | None, TABLE] = None,
) -> None:
    """Judge stored rows by another version: which hospitals would fail what, before it takes effect.

    Only reads, but no run can start meanwhile: better give some days than a whole quarter.
    """
    from xypipeline.cli.rehearsal_tables import print_rehearsal
    from xypipeline.periods import parse_period
    from xypipeline.rehearsal.standard import rehearse as rehearse_version
    from xypipeline.settings import load_settings
    from xypipeline.standard.version_folder import find_version_folder
    from xypipeline.warehouse import read_warehouse

    days, old, planned = parse_period(period), current_catalogue(), load_catalogue(find_version_folder(new))
    found = table and (planned.find_table(table) or _find_table(old, table)).code
    with read_warehouse(load_settings().warehouse_path) as connection:
        rehearsal = rehearse_version(
            connection, old, planned, days, found, lambda title: typer.echo(title, err=True)
        )
    typer.echo(f"数据标准 {old.version} → {planned.version}，用 {days.first} 至 {days.last} 已入库的行演练。")
    print_rehearsal(rehearsal, planned)


def _find_table(catalogue: "Catalogue", name: str) -> "Table":
    found = catalogue.find_table(name)
    if found is None:
        names = [text for table in catalogue.tables.values() for text in _names(table)]
        folded = {text.casefold(): text for text in names}
        near = [folded[text] for text in get_close_matches(name.strip().casefold(), folded, cutoff=0.5)]
        advice = f"did you mean {', '.join(near)}?" if near else "see `xypipeline standard list`."
        raise StandardError(f"The standard has no table {name!r}; {advice}")
    return found


def _names(table: "Table") -> list[str]:
    return [text for text in (table.code, table.legacy_code, table.title_zh) if text]


def _extent(catalogue: "Catalogue") -> str:
    fields = sum(len(table.fields) for table in catalogue.tables.values())
    codes = sum(len(one.codes) + (one.pattern is not None) for one in catalogue.code_lists.values())
    return (
        f"{catalogue.version} (from {catalogue.valid_from}): {len(catalogue.tables):,} tables, "
        f"{fields:,} fields, {codes:,} codes in {len(catalogue.code_lists):,} value domains, "
        f"{len(catalogue.rules):,} rules; no contradictions."
    )


def _register_extent(registry: "Registry") -> str:
    return (
        f"Register {registry.version}: {len(registry.institutions):,} hospitals, "
        f"{len(registry.connections):,} connections, {len(registry.exemptions):,} outages and closures, "
        f"{len(registry.inapplicabilities):,} tables not applicable; no contradictions."
    )


def _table_row(table: "Table") -> tuple[str, ...]:
    frequency = labels.FREQUENCIES[table.expected_frequency]
    return str(table.no), table.code, table.title_zh, table.domain_zh, frequency, str(len(table.fields))


def _field_row(field: "Field") -> tuple[str, ...]:
    size = labels.describe_size(field)
    return (
        str(field.no),
        field.code,
        field.legacy_code or "",
        field.title_zh,
        labels.TYPES[field.type] + (f"({size})" if size else ""),
        labels.REQUIRED[field.required],
        "；".join(_constraints(field)),
    )


def _constraints(field: "Field") -> "Iterator[str]":
    if field.value_domain:
        separator = f"，以 {field.list_separator} 分隔" if field.list_separator else ""
        yield f"值域 {field.value_domain}{separator}"
    if described := labels.describe_range(field):
        yield f"范围 {described}"
    if field.pattern:
        yield f"格式 {field.pattern}"
    if field.is_sensitive:
        yield f"敏感（{labels.SENSITIVE[field.sensitive]}）"
    if field.note:
        yield field.note


def _rule_row(rule: "Rule") -> tuple[str, ...]:
    return rule.id, rule.title_zh, labels.SEVERITIES[rule.severity], rule.expression
