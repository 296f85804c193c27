"""Which uploaded files came, changed or went since an edition was frozen, hospital by hospital."""

from collections.abc import Iterable
from dataclasses import dataclass

import polars as pl

_SHOWN_DAYS, _SHOWN_PATHS = 3, 2
_KINDS = {"added": "新到", "changed": "变更", "gone": "不再在案"}


@dataclass(frozen=True)
class InputChange:
    """One delivered file that is not as it was frozen; of an archive, not its members."""

    org_code: str | None
    """None where the file's folder names no hospital."""
    upload_date: str
    path: str
    kind: str
    """added, changed (content, or what became of it) or gone."""


def find_input_changes(frozen: pl.DataFrame, current: pl.DataFrame) -> list[InputChange]:
    """Compare two lists of inputs: path, sha256, status, upload_date, org_code of each file.

    Returns:
        The delivered files that differ, by path.
    """
    both = frozen.join(current, on="path", how="full", suffix="_now", coalesce=True)
    same = pl.col("sha256").eq_missing(pl.col("sha256_now")) & pl.col("status").eq_missing(
        pl.col("status_now")
    )
    kind = (
        pl.when(pl.col("upload_date").is_null())
        .then(pl.lit("added"))
        .when(pl.col("upload_date_now").is_null())
        .then(pl.lit("gone"))
        .otherwise(pl.lit("changed"))
    )
    found = both.filter(~same).select(
        pl.coalesce("org_code", "org_code_now").alias("org_code"),
        pl.coalesce("upload_date", "upload_date_now").alias("upload_date"),
        # Day, hospital and file; whatever follows is inside an archive.
        pl.col("path").str.split("/").list.head(3).list.join("/"),
        kind.alias("kind"),
    )
    one_each = found.unique(subset="path", keep="first", maintain_order=True).sort("path")
    return [InputChange(**row) for row in one_each.iter_rows(named=True)]


def describe_input_changes(changes: Iterable[InputChange]) -> str:
    """In Chinese: how many files came, changed and went, on which days, which first; empty if none."""
    changes = list(changes)
    if not changes:
        return ""
    counts = {kind: sum(one.kind == kind for one in changes) for kind in _KINDS}
    counted = "、".join(f"{_KINDS[kind]}文件 {count} 个" for kind, count in counts.items() if count)
    days = sorted({one.upload_date for one in changes})
    shown = "、".join(days[:_SHOWN_DAYS]) + (f" 等 {len(days)} 天" if len(days) > _SHOWN_DAYS else "")
    paths = "、".join(one.path for one in changes[:_SHOWN_PATHS])
    return f"{counted}（上传日 {shown}；如 {paths}）"
