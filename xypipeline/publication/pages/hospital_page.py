"""hospitals/<org_code>.html: one hospital's quarter, and behind each figure where it comes from."""

import re

from markupsafe import Markup

from xypipeline.publication.attachment import Attachment
from xypipeline.publication.details.finding_groups import group_findings
from xypipeline.publication.details.model import TableUpload
from xypipeline.publication.details.wording import KINDS_ZH, SEVERITIES_ZH, open_text, range_text
from xypipeline.publication.explain.model import FactTable
from xypipeline.publication.pages import heat_map, volume
from xypipeline.publication.pages.dossier import Dossier
from xypipeline.publication.pages.figure_text import TILE_TITLES, figure_text
from xypipeline.publication.pages.layout import lay_out
from xypipeline.publication.rounding import percentage
from xypipeline.publication.upload_state import STATES_ZH
from xypipeline.publication.wording import TITLE, period_title, versions
from xypipeline.standard.labels import FREQUENCIES

PLACES_SHOWN = 20
_NUMBER = re.compile(r"[-+−]?[\d,]*(\.\d+)?%?")
_COLOURS = {
    "levels": heat_map.LEVELS,
    "missing": heat_map.MISSING,
    "empty": heat_map.EMPTY,
    "not_expected": heat_map.NOT_EXPECTED,
    "new": volume.NEW,
    "again": volume.AGAIN,
}


def hospital_html(dossier: Dossier, attachment: Attachment, *, has_attachment: bool) -> bytes:
    """One hospital's page.

    Args:
        dossier: what it says.
        attachment: for the period and the versions.
        has_attachment: whether there is an attachment.html in the folder above, to lead back to.
    """
    decimals = attachment.decimals["qualified_pct"]
    return lay_out(
        "pages/hospital.html.j2",
        script="hospital.js",
        dossier=dossier,
        row=dossier.row,
        detail=dossier.detail,
        period=period_title(attachment),
        as_of=attachment.as_of,
        attachment_title=TITLE,
        has_attachment=has_attachment,
        tiles=_tiles(dossier),
        explained={why.column for why in dossier.explanations},
        groups=group_findings(dossier.detail.findings),
        places_shown=PLACES_SHOWN,
        severities=SEVERITIES_ZH,
        frequencies=FREQUENCIES,
        colours=_COLOURS,
        swatch=_swatch,
        figure_text=figure_text,
        range_text=range_text,
        kinds_zh=KINDS_ZH,
        states_zh=STATES_ZH,
        open_text=open_text,
        numeric_columns=_numeric_columns,
        number=lambda value: f"{value:,}",
        qualified_text=lambda one: _qualified_text(one, decimals),
        versions=versions(attachment),
    )


def _tiles(dossier: Dossier) -> dict[str, str]:
    """Beside completeness that over applicable tables, where it is another figure."""
    standing = dossier.standing
    tiles: dict[str, str] = {}
    for column, title in TILE_TITLES.items():
        tiles[column] = title
        if column == "completeness_pct" and standing.tables_applicable < standing.tables_required:
            tiles["applicable_completeness_pct"] = "适用表完整率(%)"
    return tiles


def _swatch(colour: str) -> Markup:
    # A class per colour would say it a second time; an attribute needs no style of its own.
    return Markup(
        '<svg viewBox="0 0 14 14" aria-hidden="true"><rect width="14" height="14" fill="{}"/></svg>'
    ).format(colour)


def _numeric_columns(table: FactTable) -> frozenset[int]:
    """The columns of an explanation's table that hold nothing but numbers."""
    columns = enumerate(zip(*table.rows, strict=True))
    return frozenset(place for place, cells in columns if all(_NUMBER.fullmatch(cell) for cell in cells))


def _qualified_text(one: TableUpload, decimals: int) -> str:
    share = percentage(one.rows_qualified, one.rows_accepted, decimals)
    return "" if share is None else str(share)
