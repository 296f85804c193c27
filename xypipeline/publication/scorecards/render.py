"""The scorecards of a quarter as files: for each hospital and for the city's tables a page and a workbook."""

from collections.abc import Iterator, Sequence

from xypipeline.publication.figures import QuarterFigures
from xypipeline.publication.pages.layout import lay_out
from xypipeline.publication.scorecards.applicable_sheet import (
    applicable_sheet,
    city_note,
    completeness_note,
)
from xypipeline.publication.scorecards.model import Scorecard, add_up
from xypipeline.publication.scorecards.sheet import Sheet
from xypipeline.publication.scorecards.sheets import (
    coding_sheet,
    findings_sheet,
    hospitals_sheet,
    overview_sheet,
    rules_sheet,
    timeliness_sheet,
)
from xypipeline.publication.scorecards.state_sheet import state_sheet
from xypipeline.publication.scorecards.wording import DEFINITIONS, shown_on_page, tiles
from xypipeline.publication.scorecards.workbook import workbook_bytes
from xypipeline.publication.wording import period_title, versions

CITY, CITY_FILE = "全市各表", "tables"


def render_scorecards(figures: QuarterFigures, cards: Sequence[Scorecard]) -> dict[str, bytes]:
    """`<org_code>.html` and `.xlsx` of each hospital that delivered anything, `tables.html` and `.xlsx`.

    Without a hospital there is nothing. The same cards give the same bytes.

    Args:
        figures: for the period and the decimals.
        cards: every hospital's.
    """
    decimals = figures.attachment.decimals["qualified_pct"]
    notes = _completeness_notes(figures)
    files: dict[str, bytes] = {}
    for card in cards:
        if card.has_delivered:
            files |= _files(figures, card.org_code, card, _sheets(card, decimals, notes[card.org_code]))
    city = add_up(cards, CITY)
    if city:
        overview, *others = _sheets(city, decimals, city_note(city))
        sheets = (overview, hospitals_sheet(cards, decimals), *others)
        files |= _files(figures, CITY_FILE, city, sheets)
    return files


def _completeness_notes(figures: QuarterFigures) -> dict[str, str]:
    pairs = zip(figures.standings, figures.attachment.rows, strict=True)
    return {standing.org_code: completeness_note(standing, row) for standing, row in pairs}


def _sheets(card: Scorecard, decimals: int, applicable_note: str) -> tuple[Sheet, ...]:
    return (
        overview_sheet(card, decimals),
        rules_sheet(card, decimals),
        coding_sheet(card, decimals),
        timeliness_sheet(card, decimals),
        state_sheet(card),
        findings_sheet(card),
        applicable_sheet(card, applicable_note),
    )


def _files(
    figures: QuarterFigures, name: str, card: Scorecard, sheets: Sequence[Sheet]
) -> Iterator[tuple[str, bytes]]:
    attachment = figures.attachment
    heading = f"{card.title}数据质量评分卡（{period_title(attachment)}，截至{figures.as_of}）"
    notes = (*DEFINITIONS, versions(attachment))
    yield f"{name}.xlsx", workbook_bytes(sheets, heading, figures.as_of, notes)
    yield (
        f"{name}.html",
        lay_out(
            "scorecards/scorecard.html.j2",
            card=card,
            name=name,
            period=period_title(attachment),
            as_of=figures.as_of,
            tiles=tiles(sheets[0]),
            sheets=shown_on_page(sheets),
            is_city=card.org_code is None,
            city_title=CITY,
            city_file=CITY_FILE,
            notes=notes,
        ),
    )
