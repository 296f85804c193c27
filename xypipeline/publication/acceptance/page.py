"""The reading copy of an acceptance, in Chinese: one page each, opened without a network.

Great Expectations' own Data Docs are in English, fetch a dozen scripts, styles and fonts from the network and
report each opening by the picture of a logo; these pages are made of the same results instead.
"""

import re
from pathlib import Path

from xypipeline.publication.acceptance.verdict import Acceptance
from xypipeline.publication.editions.files import remove_files, replace_files
from xypipeline.publication.pages.layout import lay_out

# Problems that are listed per expectation.
SHOWN = 20
LATEST = "index.html"


def keep_page(acceptance: Acceptance, folder: Path, pages_kept: int) -> Path:
    """Write the page of an acceptance into `<folder>/<period>/`, and drop the oldest beyond `pages_kept`.

    An outcome that is the latest already gets no page again.

    Returns:
        `index.html` of the period: the latest outcome, with links to the earlier ones.
    """
    target = folder / acceptance.period
    earlier = _numbers(target)
    content = _page(acceptance, ())
    if not earlier or (target / _name(earlier[-1])).read_bytes() != content:
        earlier.append(max(earlier, default=0) + 1)
    kept = earlier[-pages_kept:]
    links = tuple((number, _name(number)) for number in reversed(kept[:-1]))
    replace_files(target, {_name(kept[-1]): content, LATEST: _page(acceptance, links)})
    remove_files(target, [_name(number) for number in earlier[:-pages_kept]])
    return target / LATEST


def _numbers(folder: Path) -> list[int]:
    found = (re.fullmatch(r"(\d+)\.html", path.name) for path in folder.glob("*.html"))
    return sorted(int(match[1]) for match in found if match)


def _name(number: int) -> str:
    return f"{number}.html"


def _page(acceptance: Acceptance, earlier: tuple[tuple[int, str], ...]) -> bytes:
    return lay_out("acceptance/page.html.j2", acceptance=acceptance, earlier=earlier, shown=SHOWN)
