"""The attachment for programs: attachment.json and the same table as attachment.csv."""

import csv
import io
import json
from datetime import date
from decimal import Decimal

from xypipeline.harmless import harmless_cell
from xypipeline.publication.attachment import COLUMNS, Attachment, AttachmentRow

# Without it Excel takes UTF-8 for the local encoding, and Chinese for noise.
BYTE_ORDER_MARK = "\ufeff"


def json_bytes(attachment: Attachment) -> bytes:
    """The attachment as JSON: versions, then one object per hospital with the keys of `COLUMNS`."""
    content = {
        "period": attachment.period,
        "as_of": attachment.as_of.isoformat(),
        "standard_version": attachment.standard_version,
        "policy_version": attachment.policy_version,
        "rows": [{column: _json_value(row, column) for column in COLUMNS} for row in attachment.rows],
    }
    return (json.dumps(content, ensure_ascii=False, indent=2) + "\n").encode()


def csv_bytes(attachment: Attachment) -> bytes:
    """The rows of attachment.json as CSV, a blank for null; UTF-8 with a mark, so that Excel opens it.

    A name that Excel would compute begins with an apostrophe here, and here only.
    """
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    # Decimals as text keep the decimals of the policy: 60.00, not 60.0.
    writer.writerows([harmless_cell(getattr(row, column)) for column in COLUMNS] for row in attachment.rows)
    return (BYTE_ORDER_MARK + text.getvalue()).encode()


def _json_value(row: AttachmentRow, column: str) -> object:
    value = getattr(row, column)
    if isinstance(value, Decimal):
        # A float's shortest text is the decimal it came from, as short as these are.
        return float(value)
    return value.isoformat() if isinstance(value, date) else value
