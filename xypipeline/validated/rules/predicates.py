"""What several rules ask of a row, each asked in one place. All are expressions over a conformed frame.

A comparison with a null side is null: no breach.
"""

from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal
from itertools import combinations

import polars as pl
from stdnum.cn import ric, uscc

from xypipeline.standard.schemas import untyped_column

ID_CARD = "01"
MALE, FEMALE = "1", "2"
# Decimals of unit_price x quantity, so that the product is exact.
_EXACT = pl.Decimal(38, 8)
_ID_CARD_SHAPE = "^[0-9]{17}[0-9Xx]$"
_SPANS_FOR_WOMEN = (("O00", "O99"), ("N70", "N98"), ("C51", "C58"))
_SPANS_FOR_MEN = (("N40", "N51"), ("C60", "C63"))


def is_empty(column: str) -> pl.Expr:
    """Nothing stands in the column; a text that could not be typed is something."""
    return pl.col(column).is_null() & pl.col(untyped_column(column)).is_null()


def any_empty(*columns: str) -> pl.Expr:
    """At least one of the columns has nothing in it."""
    return pl.any_horizontal(is_empty(column) for column in columns)


def all_empty(*columns: str) -> pl.Expr:
    """None of the columns has anything in it."""
    return pl.all_horizontal(is_empty(column) for column in columns)


def is_after(earlier: str, later: str) -> pl.Expr:
    """What should be the earlier is after the later; a date counts as its midnight."""
    return pl.col(earlier) > pl.col(later)


def is_out_of_order(*columns: str) -> pl.Expr:
    """Any two of the columns that are filled are not in the order given."""
    return pl.any_horizontal(is_after(*pair) for pair in combinations(columns, 2))


def lasts_longer(first: str, last: str, longest: timedelta) -> pl.Expr:
    """From the first moment to the last it is longer than `longest`."""
    return pl.col(last) - pl.col(first) > longest


def full_years(birth_date: str, at: str) -> pl.Expr:
    """Completed years of age on the day of `at`."""
    is_before_birthday = _day_of_year(at) < _day_of_year(birth_date)
    return pl.col(at).dt.year() - pl.col(birth_date).dt.year() - is_before_birthday.cast(pl.Int32)


def days_between(first: str, last: str) -> pl.Expr:
    """Midnights from one moment's day to the other's."""
    return (pl.col(last).dt.date() - pl.col(first).dt.date()).dt.total_days()


def is_wrong_stay(length_of_stay: str, admission: str, discharge: str) -> pl.Expr:
    """The days in hospital are not those between the two days; within one day it is 1."""
    days = days_between(admission, discharge)
    return pl.col(length_of_stay) != pl.when(days == 0).then(1).otherwise(days)


def is_wrong_product(amount: str, unit_price: str, quantity: str) -> pl.Expr:
    """The amount is more than 0.05 away from unit price times quantity."""
    product = pl.col(unit_price).cast(_EXACT) * pl.col(quantity)
    return (pl.col(amount).cast(_EXACT) - product).abs() > Decimal("0.05")


def is_wrong_sum(total: str, *parts: str) -> pl.Expr:
    """The total is more than 0.01 away from the sum of its parts."""
    return (pl.col(total) - sum_of(*parts)).abs() > Decimal("0.01")


def sum_of(*parts: str) -> pl.Expr:
    """The sum of the columns; null if one of them is."""
    first, *others = (pl.col(part) for part in parts)
    for other in others:
        first = first + other
    return first


def contradicts_sex(sex: str, diagnosis: str) -> pl.Expr:
    """The diagnosis (ICD-10) is one that the other sex alone can have."""
    category = icd_category(diagnosis)
    return ((pl.col(sex) == MALE) & _is_within(category, _SPANS_FOR_WOMEN)) | (
        (pl.col(sex) == FEMALE) & _is_within(category, _SPANS_FOR_MEN)
    )


def is_in_categories(code: str, first: str, last: str) -> pl.Expr:
    """The ICD-10 code's category lies from `first` to `last`, both included."""
    return _is_within(icd_category(code), ((first, last),))


def icd_category(code: str) -> pl.Expr:
    """The three-character category of an ICD-10 code."""
    return pl.col(code).str.head(3).str.to_uppercase()


def is_false_id_card(id_type: str, number: str) -> pl.Expr:
    """An id card's number has not 18 places or not the check digit of GB 11643.

    Its first six digits are not looked up: people keep the number of a county that is long renamed.
    """
    has_shape = pl.col(number).str.contains(_ID_CARD_SHAPE)
    return (pl.col(id_type) == ID_CARD) & (has_shape.not_() | _is_refused(number, _has_id_card_check_digit))


def is_false_credit_code(code: str) -> pl.Expr:
    """The unified social credit code fails the check of GB 32100."""
    return _is_refused(code, uscc.is_valid)


def contradicts_id_card(id_type: str, number: str, birth_date: str, sex: str) -> pl.Expr:
    """An id card's number tells of another birth date or sex; not judged where it has not 18 places."""
    has_shape = pl.col(number).str.contains(_ID_CARD_SHAPE)
    other_day = pl.col(number).str.slice(6, 8) != pl.col(birth_date).dt.strftime("%Y%m%d")
    is_odd = pl.col(number).str.slice(16, 1).is_in(["1", "3", "5", "7", "9"])
    other_sex = pl.col(sex).is_in([MALE, FEMALE]) & (is_odd != (pl.col(sex) == MALE))
    return (pl.col(id_type) == ID_CARD) & has_shape & (other_day | other_sex)


def _day_of_year(moment: str) -> pl.Expr:
    return pl.col(moment).dt.month().cast(pl.Int16) * 100 + pl.col(moment).dt.day()


def _has_id_card_check_digit(number: str) -> bool:
    return not number[:-1].isdecimal() or number[-1].upper() == ric.calc_check_digit(number)


def _is_within(category: pl.Expr, spans: tuple[tuple[str, str], ...]) -> pl.Expr:
    return pl.any_horizontal(category.is_between(pl.lit(first), pl.lit(last)) for first, last in spans)


def _is_refused(column: str, is_valid: Callable[[str], bool]) -> pl.Expr:
    return pl.col(column).map_batches(lambda values: _refusals(values, is_valid), return_dtype=pl.Boolean)


def _refusals(values: pl.Series, is_valid: Callable[[str], bool]) -> pl.Series:
    distinct = values.drop_nulls().unique()
    refused = [value for value in distinct if not is_valid(value)]
    return values.is_in(pl.Series(refused, dtype=pl.String).implode())
