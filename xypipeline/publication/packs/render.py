"""Puts together what each county and each hospital is handed, and packs it."""

import io
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from xypipeline.publication.details.others import others_than
from xypipeline.publication.figures import QuarterFigures
from xypipeline.publication.packs.own_content import Search, own_dossier, refuse_others
from xypipeline.publication.pages.attachment_page import attachment_html
from xypipeline.publication.pages.dossier import Dossier
from xypipeline.publication.pages.hospital_page import hospital_html
from xypipeline.publication.twins import csv_bytes
from xypipeline.publication.workbook import workbook_bytes

_NOTICE_FORMS = ("docx", "html")
_READABLE = 0o644 << 16


def render_packs(
    figures: QuarterFigures, dossiers: Sequence[Dossier], notices: Mapping[str, bytes]
) -> dict[str, bytes]:
    """packs/<district>.zip and packs/<org_code>.zip; the same input gives the same bytes.

    A district's pack holds attachment.html, .xlsx and .csv with its hospitals only, and of each of them page
    and notice; a hospital's pack holds its page and notice. Their paths are those of the quarter's folder, so
    that links within a pack hold.

    Args:
        figures: the quarter's.
        dossiers: those of its hospitals, in its order.
        notices: what `render_rectification` returns.

    Raises:
        PublicationError: a pack names a hospital that is none of its recipient's.
    """
    own = [own_dossier(one, others_than((one.row.org_code,), figures.standings)) for one in dossiers]
    districts: dict[str, list[Dossier]] = {}
    for one in own:
        districts.setdefault(one.row.district, []).append(one)
    packs = {name: _district_files(figures, hospitals, notices) for name, hospitals in districts.items()}
    packs |= {one.row.org_code: _hospital_files(figures, one, notices, in_district=False) for one in own}
    search = Search(others_than((), figures.standings).words)
    for recipient, files in packs.items():
        members = [one.org_code for one in figures.standings if recipient in (one.district, one.org_code)]
        refuse_others(recipient, files, others_than(members, figures.standings), search)
    return {f"packs/{recipient}.zip": _zip(files, figures.as_of) for recipient, files in packs.items()}


def _district_files(
    figures: QuarterFigures, hospitals: Sequence[Dossier], notices: Mapping[str, bytes]
) -> dict[str, bytes]:
    district = hospitals[0].row.district
    own = replace(figures, standings=tuple(one.standing for one in hospitals))
    overview = replace(own.overview, totals=replace(own.overview.totals, name="合计"))
    files = {
        "attachment.html": attachment_html(own, hospitals, scope=district),
        "attachment.xlsx": workbook_bytes(own.attachment, overview),
        "attachment.csv": csv_bytes(own.attachment),
    }
    for one in hospitals:
        files |= _hospital_files(figures, one, notices, in_district=True)
    return files


def _hospital_files(
    figures: QuarterFigures, dossier: Dossier, notices: Mapping[str, bytes], *, in_district: bool
) -> dict[str, bytes]:
    org_code = dossier.row.org_code
    paths = [f"rectification/{org_code}.{form}" for form in _NOTICE_FORMS]
    page = hospital_html(dossier, figures.attachment, has_attachment=in_district)
    return {f"hospitals/{org_code}.html": page} | {path: notices[path] for path in paths if path in notices}


def _zip(files: Mapping[str, bytes], day: date) -> bytes:
    """The archive; its files bear the cut-off day, since the time of writing would change the bytes."""
    packed = io.BytesIO()
    with ZipFile(packed, "w") as archive:
        for name, content in sorted(files.items()):
            entry = ZipInfo(name, (day.year, day.month, day.day, 0, 0, 0))
            entry.external_attr = _READABLE
            archive.writestr(entry, content, ZIP_DEFLATED)
    return packed.getvalue()
