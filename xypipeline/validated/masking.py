"""Values of persons, made fit to be shown: enough is left to find the cell again, not to know the person."""

import polars as pl

from xypipeline.harmless import LONG_NUMBER
from xypipeline.standard.model import Field

SHOWN_CHARACTERS = 40
_KEPT_FIRST, _KEPT_LAST = 3, 2
_KEPT_OF_ADDRESS = 6
# Shorter ones would be shown all but whole.
_SHORTEST_NUMBER_SHOWN_IN_PART = 7


def masked(text: pl.Expr, field: Field) -> pl.Expr:
    """The text of a field as a finding may show it; null stays null.

    Names keep their first character (张**), id and phone numbers the first 3 and last 2, addresses the first
    6; shorter ones keep nothing. Other fields keep 40 characters, in which numbers of 7 or more digits are
    masked like id numbers.
    """
    match field.sensitive:
        case "name":
            return _beginning(text, kept=1, mask="**")
        case "id_no" | "phone":
            return _number(text)
        case "address":
            return _beginning(text, kept=_KEPT_OF_ADDRESS, mask="***")
        case _:
            return text.str.replace_all(LONG_NUMBER, "${1}****${2}").str.head(SHOWN_CHARACTERS)


def _beginning(text: pl.Expr, *, kept: int, mask: str) -> pl.Expr:
    shown = pl.when(text.str.len_chars() > kept).then(text.str.head(kept)).otherwise(pl.lit(""))
    return pl.when(text.is_not_null()).then(pl.concat_str(shown, pl.lit(mask)))


def _number(text: pl.Expr) -> pl.Expr:
    middle = text.str.slice(_KEPT_FIRST).str.head(-_KEPT_LAST).str.replace_all("(?s).", "*")
    partly = pl.concat_str(text.str.head(_KEPT_FIRST), middle, text.str.tail(_KEPT_LAST))
    is_long = text.str.len_chars() >= _SHORTEST_NUMBER_SHOWN_IN_PART
    return pl.when(is_long).then(partly).otherwise(text.str.replace_all("(?s).", "*"))
