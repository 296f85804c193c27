"""Finds the hospital and the figure that somebody means: by code, name or part of a name."""

from collections.abc import Mapping
from difflib import get_close_matches

from xypipeline.errors import PublicationError
from xypipeline.publication.explain.explain import figure_titles
from xypipeline.publication.figures import QuarterFigures


def find_hospital(figures: QuarterFigures, text: str) -> str:
    """The org_code of the one hospital of the quarter that has this code, name, or part of a name.

    Raises:
        PublicationError: no hospital fits, or several do; the message names those that come close.
    """
    wanted = text.strip()
    names = {one.org_code: one.hospital for one in figures.standings}
    exact = [code for code, name in names.items() if wanted in (code, name)]
    found = exact or [code for code, name in names.items() if wanted and wanted in name]
    if len(found) == 1:
        return found[0]
    if found:
        listed = _listed({code: names[code] for code in found})
        raise PublicationError(f"“{wanted}”可指 {len(found)} 家医院，请写全名或机构代码：{listed}。")
    raise PublicationError(f"{figures.quarter} 没有医院“{wanted}”。{_closest_hospitals(wanted, names)}")


def find_figure(text: str) -> str:
    """The column of the one figure called so, by its column or by its Chinese title or part of it.

    Raises:
        PublicationError: no figure that can be explained fits, or several do.
    """
    wanted, titles = text.strip().casefold(), figure_titles()
    exact = [column for column, title in titles.items() if wanted in (column, title)]
    found = exact or [column for column, title in titles.items() if wanted and wanted in title]
    if len(found) == 1:
        return found[0]
    problem = "可指几项" if found else "不是可以说明的数字"
    listed = _listed({column: titles[column] for column in found} or titles)
    raise PublicationError(f"“{text.strip()}”{problem}，请写其中一项：{listed}。")


def _closest_hospitals(wanted: str, names: Mapping[str, str]) -> str:
    by_text = {**{name: code for code, name in names.items()}, **{code: code for code in names}}
    near = dict.fromkeys(by_text[one] for one in get_close_matches(wanted, by_text, n=5, cutoff=0.5))
    if near:
        return f"是否指：{_listed({code: names[code] for code in near})}？"
    return "请按附件中的医院名称或机构代码填写。"


def _listed(names: Mapping[str, str]) -> str:
    return "、".join(f"{title}（{code}）" for code, title in names.items())
