"""Finds what was changed or taken away in landing after it was taken in."""

import polars as pl


def find_changes(before: pl.DataFrame, now: pl.DataFrame) -> pl.DataFrame:
    """Compare what was taken in of some days with what lies there now; what is new is no change.

    Args:
        before: upload_date, path, org_code, table_code and sha256 of each file when it was taken in.
        now: the same columns, as they are now.

    Returns:
        One row per file that differs, by path: upload_date, path, org_code, table_code, kind (`changed` or
        `gone`), sha256_before, sha256_now (null when gone).
    """
    both = before.join(
        now.select("path", pl.col("sha256").alias("sha256_now"), pl.lit(value=True).alias("is_there")),
        on="path",
        how="left",
        maintain_order="left",
    )
    kind = pl.when("is_there").then(pl.lit("changed")).otherwise(pl.lit("gone"))
    return both.filter(
        pl.col("is_there").is_null() | pl.col("sha256").ne_missing(pl.col("sha256_now"))
    ).select(
        "upload_date",
        "path",
        "org_code",
        "table_code",
        kind.alias("kind"),
        pl.col("sha256").alias("sha256_before"),
        "sha256_now",
    )
