"""`xypipeline policy`: the cut-offs and weights of a year, and what others would change."""

from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from collections.abc import Sequence

    from xypipeline.periods import Quarter
    from xypipeline.policy.policy import Policy
    from xypipeline.rehearsal.ranking import Shift

app = typer.Typer(help="Show a year's policy, and who would move under another.", no_args_is_help=True)

YEAR = typer.Argument(metavar="[YEAR]", help="This year's unless given.", show_default=False)
OLD = typer.Argument(metavar="OLD", help="A year (2023), or the path of a .toml file.", show_default=False)
NEW = typer.Argument(metavar="NEW", help="A year, or the path of a .toml file.", show_default=False)
PERIOD = typer.Option(metavar="QUARTER", help="A scored quarter: 2023Q2.", show_default=False)

_CONTINUITY_ZH = {True: "良好", False: "不好", None: "—"}
_SEVERITY_ZH = {True: "是", False: "否", None: "—"}


@app.command()
def show(year: Annotated[int | None, YEAR] = None) -> None:
    """Show every number of the policy of YEAR."""
    from xypipeline.cli.tables import print_table
    from xypipeline.periods import yesterday
    from xypipeline.policy.policy import find_policy_file, load_policy
    from xypipeline.policy.thresholds import read_thresholds

    wanted = yesterday().year if year is None else year
    policy, path = load_policy(wanted), find_policy_file(wanted)
    typer.echo(f"考核口径 {policy.version}，自 {policy.year} 年起执行：{path}")
    rows = [(one.title_zh, one.shown, one.key) for one in read_thresholds(path)]
    print_table(("项目", "数值", "键"), rows, unfolded=("键",))


@app.command()
def diff(old: Annotated[str, OLD], new: Annotated[str, NEW], period: Annotated[str, PERIOD]) -> None:
    """Tell which numbers differ between OLD and NEW, and who would move in a quarter that is scored.

    The stored figures are judged by both; nothing is taken in again, and nothing is written.
    """
    from xypipeline.periods import Quarter
    from xypipeline.policy.policy import read_policy
    from xypipeline.policy.thresholds import changed_thresholds, find_policy
    from xypipeline.rehearsal.ranking import shadow_ranking

    quarter = Quarter.parse(period)
    paths = (find_policy(old), find_policy(new))
    before, after = (read_policy(path, quarter.year) for path in paths)
    changed = changed_thresholds(*paths)
    typer.echo(f"考核口径：{paths[0]}（{before.version}）→ {paths[1]}（{after.version}）")
    if not changed:
        typer.echo("两份口径的数值完全相同，没有医院会变动。")
        return
    _print_changed(changed, is_same_version=before.version == after.version)
    if not any(one.new.is_judging for one in changed):
        typer.echo("变动的数值不涉及梯队、连续性和得分，没有医院会变动。")
        return
    _print_shifts(shadow_ranking(_standings(quarter), before, after), quarter, (before, after))


def _standings(quarter: "Quarter") -> tuple:
    from xypipeline.publication.standing import read_standing
    from xypipeline.settings import load_settings
    from xypipeline.warehouse import read_warehouse

    with read_warehouse(load_settings().warehouse_path) as connection:
        return read_standing(connection, quarter)


def _print_changed(changed: "Sequence", *, is_same_version: bool) -> None:
    from xypipeline.cli.tables import print_table

    rows = [
        (one.new.title_zh, one.old.shown, one.new.shown, "是" if one.new.is_judging else "否", one.new.key)
        for one in changed
    ]
    print_table(("项目", "原", "新", "影响排名", "键"), rows, unfolded=("键",))
    if is_same_version:
        typer.echo("注意：数值不同而版本相同，正式使用前须改新口径的 version。")


def _print_shifts(shifts: "Sequence[Shift]", quarter: "Quarter", policies: "tuple[Policy, Policy]") -> None:
    from xypipeline.cli.tables import print_table

    typer.echo(f"\n{quarter} 影子排名：{len(shifts)} 家医院，{_counts(shifts)}。")
    decimals = [policy.decimals["score"] for policy in policies]
    rows = [_row(one, decimals) for one in shifts if one.has_moved]
    if rows:
        header = ("医院", "梯队", "名次", "得分", "数据连续性", "严重缺失")
        print_table(header, rows, unfolded=("医院",))
    typer.echo("以上只是推演，没有写入任何结果。")


def _counts(shifts: "Sequence[Shift]") -> str:
    titles = {
        "tier": "梯队",
        "rank": "名次",
        "score": "得分",
        "is_good_continuity": "数据连续性",
        "is_severely_missing": "严重缺失",
    }
    return "，".join(
        f"{title}变动 {sum(one.differs_in(name) for one in shifts)} 家" for name, title in titles.items()
    )


def _row(shift: "Shift", decimals: "Sequence[int]") -> tuple[str, ...]:
    from xypipeline.publication.rounding import round_half_up

    old, new = shift.old, shift.new
    scores = [
        "—" if one.score is None else f"{round_half_up(one.score, places):f}"
        for one, places in zip((old, new), decimals, strict=True)
    ]
    return (
        shift.hospital,
        _moved(*("—" if one.tier is None else str(one.tier) for one in (old, new))),
        _moved(*("—" if one.rank is None else str(one.rank) for one in (old, new))),
        _moved(*scores),
        _moved(*(_CONTINUITY_ZH[one.is_good_continuity] for one in (old, new))),
        _moved(*(_SEVERITY_ZH[one.is_severely_missing] for one in (old, new))),
    )


def _moved(old: str, new: str) -> str:
    return new if old == new else f"{old} → {new}"
