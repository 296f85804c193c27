"""Draws Vega-Lite's charts as SVG within a page: text stays text, the same chart gives the same bytes.

It loads a whole JavaScript engine, so a process of its own does it.
"""

from collections.abc import Iterable, Mapping
from xml.etree import ElementTree as ET

import vl_convert

from xypipeline.publication.pages.axes import TEXT

_SVG = "http://www.w3.org/2000/svg"
_NOISE = ("role", "aria-roledescription", "aria-hidden", "class", "pointer-events", "font-family", "opacity")
# The font is that of the page. No machine has one of this name, so none is searched for the text's measures.
_CONFIG = {"background": "#00000000", "font": "font of the page", "view": {"stroke": None}}
# The first chart begins the engine and takes as long as twenty more: better now than when it is waited for.
vl_convert.vegalite_to_svg({"mark": "point", "data": {"values": []}})


def draw_all(charts: Iterable[tuple[Mapping[str, object], str]]) -> list[str]:
    """`draw_svg` of each pair of chart and label."""
    return [draw_svg(chart, label) for chart, label in charts]


def draw_svg(chart: Mapping[str, object], label: str) -> str:
    """The chart as an `<svg>` element without scripts or ids; a mark's description becomes its tooltip.

    The chart must need neither gradient nor clipping (their ids are counted up from drawing to drawing), and
    give its size and padding: text is never measured, since the bytes would depend on the fonts installed.

    Args:
        chart: what to draw, in Vega-Lite. Plain data, not an object of a library that checks every part of
            every chart: a test has that library check one.
        label: what it shows, for those who cannot see it.
    """
    ET.register_namespace("", _SVG)
    whole = {"autosize": {"type": "none"}, "config": _CONFIG, **chart}
    drawing = ET.fromstring(vl_convert.vegalite_to_svg(whole))
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
