"""The manner that the charts of the pages have in common."""

# Text and lines of this colour take that of the page around them, light or dark.
TEXT = "#010203"
# Labels are as short as they should be: to measure whether they are takes longer than to draw all the rest.
_AXIS = {
    "title": None,
    "labelAngle": 0,
    "labelColor": TEXT,
    "labelFontSize": 12,
    "labelOverlap": False,
    "labelLimit": 0,
}


def axis(**properties: object) -> dict[str, object]:
    """An axis in the manner of the pages, with what is its own."""
    return {**_AXIS, **properties}


def as_given(field: str) -> dict[str, object]:
    """A colour that the data name."""
    return {"field": field, "type": "nominal", "scale": None, "legend": None}
