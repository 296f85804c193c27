"""How the terminal shows what is in quarantine; imported when a command needs it."""

import polars as pl
import typer

from xypipeline.cli.tables import print_table
from xypipeline.periods import Period
from xypipeline.quarantine.names import hospital_names
from xypipeline.quarantine.reading import Held
from xypipeline.quarantine.replay import Replayed
from xypipeline.quarantine.wording import reason_of, table_title
from xypipeline.registry.institutions import current_registry
from xypipeline.standard.catalogue import current_catalogue

MOST_FILES = 50


def print_replayed(replayed: Replayed, days: Period) -> None:
    """Tell what judging the rows of some days again changed."""
    left, entered = (frame["held_rows"].sum() for frame in (replayed.left, replayed.entered))
    typer.echo(f"{days.first} 至 {days.last} 已按现行规则重判：{left:,} 行解除隔离，{entered:,} 行新隔离，")
    typer.echo(
        f"{replayed.kept:,} 行仍被隔离；另有 {replayed.unparsable:,} 行未能解析，不能重判，只能重新上传。"
    )
    for title, frame in (("解除隔离", replayed.left), ("新隔离", replayed.entered)):
        if frame.height:
            typer.echo(f"\n{title}")
            _print_counts(frame)
    quarters = "、".join(map(str, days.quarters()))
    typer.echo(f"\n{quarters} 的台账与得分已重新计算；附件未动，要更新请在界面运行 publish。")


def print_counts_by(held: Held) -> None:
    """Rows by rule, by hospital and by table."""
    catalogue, names = current_catalogue(), _names()
    titles = {rule.id: rule.title_zh for rule in catalogue.rules.values()}
    rules = [(rule_id, titles.get(rule_id, ""), f"{rows:,}") for rule_id, rows in held.rules.iter_rows()]
    print_table(("规则", "名称", "行数"), rows=rules, unfolded=("规则",))
    typer.echo()
    hospitals = [(names.get(code, code), code, f"{rows:,}") for code, rows in held.by("org_code").items()]
    print_table(("医院", "机构代码", "行数"), hospitals)
    typer.echo()
    tables = [
        (table_title(catalogue, code), code, f"{rows:,}") for code, rows in held.by("table_code").items()
    ]
    print_table(("表", "表代码", "行数"), tables)


def print_reasons(held: Held) -> None:
    """Rows by hospital, table, rule and field."""
    catalogue, names = current_catalogue(), _names()
    rows = [
        (
            names.get(one["org_code"], one["org_code"]),
            table_title(catalogue, one["table_code"]),
            one["rule_id"],
            reason_of(catalogue, one["table_code"], one["rule_id"], one["column_name"], one["detail"]),
            f"{one['held_rows']:,}",
        )
        for one in held.reasons.iter_rows(named=True)
    ]
    typer.echo()
    print_table(("医院", "表", "规则", "原因", "行数"), rows, unfolded=("规则",))


def print_files(held: Held) -> None:
    """Rows by file, of the first `MOST_FILES` files."""
    typer.echo()
    rows = [
        (one["path"], f"{one['held_rows']:,}", f"{one['unparsable_rows'] or ''}", str(one["first_line"]))
        for one in held.files.head(MOST_FILES).iter_rows(named=True)
    ]
    print_table(("文件", "隔离行数", "未能解析", "首行行号"), rows, unfolded=("文件",))
    if held.files.height > MOST_FILES:
        typer.echo(f"另有 {held.files.height - MOST_FILES:,} 个文件，请用 quarantine export 导出全部。")


def _print_counts(frame: pl.DataFrame) -> None:
    names, catalogue = _names(), current_catalogue()
    sums = {
        column: frame.group_by(column).agg(pl.col("held_rows").sum()).sort(column).rows()
        for column in ("org_code", "table_code")
    }
    print_table(("医院", "行数"), [(names.get(code, code), f"{rows:,}") for code, rows in sums["org_code"]])
    print_table(
        ("表", "行数"), [(table_title(catalogue, code), f"{rows:,}") for code, rows in sums["table_code"]]
    )


def _names() -> dict[str, str]:
    return hospital_names(current_registry())
