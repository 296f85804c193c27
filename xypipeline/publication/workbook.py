"""attachment.xlsx: the official form, the ranking, and the districts' sums, one sheet each."""

import io
from datetime import datetime, time

import xlsxwriter

from xypipeline.publication.attachment import Attachment
from xypipeline.publication.district_sheet import add_district_sheet
from xypipeline.publication.official_sheet import add_official_sheet
from xypipeline.publication.overview import Overview
from xypipeline.publication.ranking_sheet import add_ranking_sheet
from xypipeline.publication.wording import TITLE, period_title, versions
from xypipeline.publication.workbook_styles import Styles

# A hospital's name is text, whatever it begins with.
_OPTIONS = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_numbers": False,
    "strings_to_urls": False,
}


def workbook_bytes(attachment: Attachment, overview: Overview) -> bytes:
    """The workbook; the same figures always give the same bytes."""
    content = io.BytesIO()
    with xlsxwriter.Workbook(content, _OPTIONS) as workbook:
        workbook.set_properties(
            {
                "title": TITLE,
                "subject": period_title(attachment),
                "comments": versions(attachment),
                # Left to itself, the writer would put the time of writing into the file.
                "created": datetime.combine(attachment.as_of, time()),
            }
        )
        styles = Styles(workbook)
        add_official_sheet(workbook, attachment, styles)
        add_ranking_sheet(workbook, attachment, styles)
        add_district_sheet(workbook, attachment, overview, styles)
    return content.getvalue()
