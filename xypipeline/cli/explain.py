"""`xypipeline explain PERIOD HOSPITAL [FIGURE]`."""

from typing import TYPE_CHECKING, Annotated

import typer

from xypipeline.cli.tables import print_table

if TYPE_CHECKING:
    from xypipeline.periods import Quarter
    from xypipeline.publication.explain.model import Explanation

QUARTER = typer.Argument(metavar="PERIOD", help="A quarter that was run: 2023Q2.", show_default=False)
HOSPITAL = typer.Argument(
    metavar="HOSPITAL",
    help="Its code, its name, or a part of the name that no other has.",
    show_default=False,
)
FIGURE = typer.Argument(
    metavar="[FIGURE]",
    help="A column of the attachment (interruption_days) or its title (中断天数); all of them unless given.",
    show_default=False,
)


def explain(
    period: Annotated[str, QUARTER],
    hospital: Annotated[str, HOSPITAL],
    figure: Annotated[str | None, FIGURE] = None,
) -> None:
    """Tell where a published figure comes from, down to files, days and rules.

    Without FIGURE, all figures of HOSPITAL with one line of arithmetic each. Only reads.
    """
    from xypipeline.periods import Quarter
    from xypipeline.publication.explain.find import find_figure

    quarter = Quarter.parse(period)
    column = find_figure(figure) if figure is not None else None
    explanations = _read_explanations(quarter, hospital, column)
    if column:
        _print_explanation(explanations[0])
    else:
        _print_summary(explanations)


def _read_explanations(quarter: "Quarter", hospital: str, column: str | None) -> "tuple[Explanation, ...]":
    from xypipeline.policy.policy import load_policy
    from xypipeline.publication.explain.evidence import read_evidence
    from xypipeline.publication.explain.explain import explain_all, explain_figure
    from xypipeline.publication.explain.find import find_hospital
    from xypipeline.publication.figures import read_figures
    from xypipeline.registry.institutions import current_registry
    from xypipeline.settings import load_settings
    from xypipeline.standard.catalogue import current_catalogue
    from xypipeline.warehouse import read_warehouse

    policy = load_policy(quarter.year)
    with read_warehouse(load_settings().warehouse_path) as connection:
        figures = read_figures(connection, quarter, policy)
        evidence = read_evidence(connection, figures, find_hospital(figures, hospital))
    known = (figures, evidence, current_catalogue(), current_registry())
    return (explain_figure(*known, column),) if column else explain_all(*known)


def _print_summary(explanations: "tuple[Explanation, ...]") -> None:
    typer.echo(f"{explanations[0].hospital}（{explanations[0].org_code}）")
    print_table(
        ("项目", "列名", "公布值", "算法", "条款"),
        [
            (one.title, one.column, one.value or "（空）", one.summary, one.clause.removeprefix("docs/"))
            for one in explanations
        ],
        unfolded=("项目", "列名", "公布值"),
    )
    for note in dict.fromkeys(note for one in explanations for note in one.notes):
        typer.echo(f"注意：{note}")
    typer.echo(explanations[0].versions)


def _print_explanation(explanation: "Explanation") -> None:
    typer.echo(f"{explanation.hospital}（{explanation.org_code}）{explanation.title} {explanation.column}")
    typer.echo(f"公布值：{explanation.value or '（空）'}")
    typer.echo(f"定义：{explanation.definition}（{explanation.clause}）")
    typer.echo("\n算法")
    for step in explanation.arithmetic:
        typer.echo(f"  {step}")
    for note in explanation.notes:
        typer.echo(f"注意：{note}")
    if explanation.policy:
        typer.echo("\n考核口径")
        print_table(("项目", "数值", "键"), [(one.title, one.value, one.key) for one in explanation.policy])
    for table in explanation.inputs:
        typer.echo(f"\n{table.title}" if table.rows else f"\n{table.title}：无")
        if table.rows:
            print_table(table.header, table.rows)
    typer.echo(f"\n{explanation.versions}")
