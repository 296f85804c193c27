"""attachment.html: every hospital with its figures, to be sorted and filtered, each leading to its page."""

from collections.abc import Sequence

from xypipeline.publication.figures import QuarterFigures
from xypipeline.publication.overview import TIERS
from xypipeline.publication.pages.dossier import Dossier
from xypipeline.publication.pages.figure_text import COLUMN_TITLES, NUMERIC, figure_text
from xypipeline.publication.pages.layout import lay_out
from xypipeline.publication.wording import TITLE, footnotes, period_title, versions


def attachment_html(figures: QuarterFigures, dossiers: Sequence[Dossier], *, scope: str = "") -> bytes:
    """The page of these hospitals; it expects their pages in `hospitals/` beside it.

    Args:
        figures: with the standings of these hospitals only.
        dossiers: the same hospitals'.
        scope: whose hospitals they are, if not the whole city's.
    """
    attachment = figures.attachment
    return lay_out(
        "pages/attachment.html.j2",
        script="attachment.js",
        title=TITLE,
        period=period_title(attachment),
        scope=scope,
        attachment=attachment,
        totals=figures.overview.totals,
        tiers=TIERS,
        districts=list(dict.fromkeys(row.district for row in attachment.rows)),
        columns=COLUMN_TITLES,
        numeric=NUMERIC,
        explained={(one.row.org_code, why.column) for one in dossiers for why in one.explanations},
        figure_text=figure_text,
        notes=(*footnotes(attachment), versions(attachment)),
    )
