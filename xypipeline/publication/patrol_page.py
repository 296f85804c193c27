"""The daily patrol as files: a page that opens without a network, and the message as text."""

from collections.abc import Sequence
from functools import cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined, Template

from xypipeline.publication.patrol import DAYS_SHOWN, Patrol
from xypipeline.publication.patrol_message import message_text, message_title, month_day

STATES_ZH = {
    "uploaded": "已上传",
    "silent": "中断",
    "never_uploaded": "从未上传",
    "not_expected": "停机或停传",
    "province": "省平台",
    "unconnected": "未联通",
}


def write_patrols(patrols: Sequence[Patrol], folder: Path) -> tuple[Path, ...]:
    """Write `<day>.html` and `<day>.md` of each patrol; the same patrol gives the same bytes.

    Returns:
        The pages, in the order of the patrols.
    """
    folder.mkdir(parents=True, exist_ok=True)
    for patrol in patrols:
        _replace(folder / f"{patrol.day}.md", message_text(patrol))
        _replace(folder / f"{patrol.day}.html", page_html(patrol))
    return tuple(folder / f"{patrol.day}.html" for patrol in patrols)


def page_html(patrol: Patrol) -> str:
    """One day's page: what to act on, then each hospital with its last days."""
    return _template().render(
        patrol=patrol,
        title=message_title(patrol),
        states=STATES_ZH,
        days_shown=DAYS_SHOWN,
        month_day=month_day,
    )


@cache
def _template() -> Template:
    environment = Environment(
        loader=FileSystemLoader(Path(__file__).parent),
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        undefined=StrictUndefined,
    )
    return environment.get_template("patrol_page.html.j2")


def _replace(path: Path, text: str) -> None:
    # Who reads meanwhile finds the old page or the new one, never half of it.
    part = path.with_name(f".{path.name}.part")
    part.write_text(text, encoding="utf-8")
    part.replace(path)
