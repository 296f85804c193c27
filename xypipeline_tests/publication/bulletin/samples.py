"""A city of forty hospitals in ten districts, and one of hospitals with hostile names."""

from collections.abc import Callable
from dataclasses import replace

from xypipeline_tests.publication.city import UPLOADING

Render = Callable[..., dict[str, bytes]]

# Markup of Markdown, typst, Jinja and XML, and what no document can show.
HOSTILE_NAMES = (
    "# 标题医院",
    "*粗*_斜_`码`[链](http://x)医院",
    "#panic(1) $x$ <标> @引 \\医院",
    "{{ number }}{% raw %}医院",
    "<w:t>&amp;</w:t>医院",
    "甲|乙|医院",
    "=1+1医院",
)
HOSTILE_CITY = tuple(
    replace(UPLOADING, seq=place, org_code=f"H{place}", hospital=name, remark=name)
    for place, name in enumerate(HOSTILE_NAMES, start=1)
)
LARGE_CITY = tuple(
    replace(
        UPLOADING,
        seq=place,
        district=f"区{(place - 1) // 4}",
        org_code=f"L{place}",
        hospital=f"第{place}人民医院",
    )
    for place in range(1, 41)
)
