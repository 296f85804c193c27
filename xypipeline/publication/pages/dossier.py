"""Everything that the publication says of one hospital, put together once for all pages and packs."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from xypipeline.publication.attachment import AttachmentRow
from xypipeline.publication.details.model import HospitalDetail
from xypipeline.publication.details.others import others_than, without_others
from xypipeline.publication.explain.model import Explanation
from xypipeline.publication.figures import QuarterFigures
from xypipeline.publication.pages.changes import Change, changes_since
from xypipeline.publication.pages.pictures import Pictures, draw_pictures
from xypipeline.publication.rectification.grounds import has_notice
from xypipeline.publication.standing import HospitalStanding
from xypipeline.publication.wording import period_title


@dataclass(frozen=True)
class Dossier:
    """One hospital's page before it is laid out."""

    standing: HospitalStanding
    row: AttachmentRow
    detail: HospitalDetail
    """Other hospitals hidden where uploaded values mention them."""
    explanations: tuple[Explanation, ...]
    changes: tuple[Change, ...]
    """Since the quarter before; empty if that was not published."""
    period_before: str
    """What the changes refer to, in words."""
    pictures: Pictures
    has_notice: bool

    @property
    def is_expected(self) -> bool:
        """Whether uploads to the city platform are its business: expected, or made all the same."""
        return self.standing.expected_days > 0 or self.standing.has_uploaded


def compile_dossiers(
    figures: QuarterFigures,
    details: Mapping[str, HospitalDetail],
    explanations: Mapping[str, Sequence[Explanation]],
    before: QuarterFigures | None,
    pictures: Mapping[str, Pictures] | None = None,
) -> tuple[Dossier, ...]:
    """One per hospital, in the attachment's order.

    Args:
        figures: the quarter's.
        details: of each hospital of the figures, by org_code.
        explanations: by org_code; a hospital without any gets a page without that section.
        before: the figures of the quarter before, if there are any.
        pictures: of each hospital, by org_code; unless given, drawn now, some hundredths of a second each.
    """
    drawn = draw_pictures(details) if pictures is None else pictures

    def compile_one(standing: HospitalStanding, row: AttachmentRow) -> Dossier:
        org_code = standing.org_code
        detail = without_others(details[org_code], others_than((org_code,), figures.standings))
        return Dossier(
            standing=standing,
            row=row,
            detail=detail,
            explanations=tuple(explanations.get(org_code, ())),
            changes=changes_since(before, row),
            period_before=period_title(before.attachment) if before else "",
            pictures=drawn[org_code],
            has_notice=has_notice(standing, detail),
        )

    pairs = zip(figures.standings, figures.attachment.rows, strict=True)
    return tuple(compile_one(*pair) for pair in pairs)
