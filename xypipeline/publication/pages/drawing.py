"""Draws altair's charts as SVG within a page: text stays text, the same chart gives the same bytes."""

from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

if TYPE_CHECKING:
    from altair import TopLevelMixin

# Text and lines of this colour take that of the page around them, light or dark.
TEXT = "#010203"
_SVG = "http://www.w3.org/2000/svg"
_NOISE = ("role", "aria-roledescription", "aria-hidden", "class", "pointer-events", "font-family", "opacity")


def draw_svg(chart: "TopLevelMixin", label: str) -> str:
    """The chart as an `<svg>` element without scripts or ids; a mark's description becomes its tooltip.

    The chart must need neither gradient nor clipping (their ids are counted up from drawing to drawing), and
    lay itself out (`autosize` none): measured text would make the bytes depend on the fonts installed.

    Args:
        chart: what to draw.
        label: what it shows, for those who cannot see it.
    """
    # Late: it loads a whole JavaScript engine.
    import vl_convert

    ET.register_namespace("", _SVG)
    # Altair has checked each part as it was made; checking every row of the data again doubles the time.
    drawing = ET.fromstring(vl_convert.vegalite_to_svg(chart.to_dict(validate=False)))
    for element in drawing.iter():
        _tidy(element)
    for name in ("width", "height"):
        del drawing.attrib[name]
    drawing.attrib |= {"role": "img", "aria-label": label}
    return ET.tostring(drawing, encoding="unicode")


def _tidy(element: ET.Element) -> None:
    description = element.attrib.pop("aria-label", None)
    for name in _NOISE:
        element.attrib.pop(name, None)
    for name in ("fill", "stroke"):
        if element.get(name) == TEXT:
            element.set(name, "currentColor")
    if description:
        title = ET.Element(f"{{{_SVG}}}title")
        title.text = description
        element.insert(0, title)
    for child in list(element):
        if child.get("display") == "none" or child.get("fill") == "#00000000":
            element.remove(child)
