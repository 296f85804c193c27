"""Coded fields: which of five kinds each value is, and how often each occurs.

Source: docs/scoring.md, clause 13.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Literal

from duckdb import DuckDBPyConnection

from xypipeline.periods import Period
from xypipeline.standard.model import Catalogue, CodeList, Field, Table
from xypipeline.warehouse import quoted

Kind = Literal["valid", "other", "default", "invalid", "missing"]
_SAYS_NOTHING = re.compile("不详|未知|未说明|不明")
_OTHER = re.compile("其他|其它")
# Another hospital is an answer, not the rest of a list.
_IS_AN_ANSWER = re.compile("其他医疗机构")


@dataclass(frozen=True, kw_only=True)
class CodedValues:
    """How many accepted rows have a value of each kind in one field."""

    valid: int = 0
    other: int = 0
    default: int = 0
    invalid: int = 0
    missing: int = 0

    def __add__(self, other: "CodedValues") -> "CodedValues":
        return CodedValues(
            valid=self.valid + other.valid,
            other=self.other + other.other,
            default=self.default + other.default,
            invalid=self.invalid + other.invalid,
            missing=self.missing + other.missing,
        )

    @property
    def total(self) -> int:
        """All accepted rows."""
        return sum(self.parts)

    @property
    def parts(self) -> tuple[int, ...]:
        """The counts, in the order above."""
        return self.valid, self.other, self.default, self.invalid, self.missing


def kind_of(value: str | None, field: Field, codes: CodeList) -> Kind:
    """The kind of one value; of several codes in it the most telling counts, if all are in the list."""
    if value is None:
        return "missing"
    if field.list_separator is None:
        return _kind_of_code(value, field, codes)
    kinds = {_kind_of_code(code, field, codes) for code in value.split(field.list_separator)}
    return next(kind for kind in ("invalid", "valid", "other", "default") if kind in kinds)


def _kind_of_code(code: str, field: Field, codes: CodeList) -> Kind:
    if not _is_allowed(code, field, codes):
        return "invalid"
    title = codes.codes.get(code, "")
    if _SAYS_NOTHING.search(title):
        return "default"
    return "other" if _OTHER.search(title) and not _IS_AN_ANSWER.search(title) else "valid"


def _is_allowed(code: str, field: Field, codes: CodeList) -> bool:
    # The pattern of a list of codes describes the list as a whole.
    if codes.pattern is None or field.list_separator is not None:
        return code in codes.codes
    # Where both have a pattern, the field's own says the same, only more exactly.
    return re.search(field.pattern or codes.pattern, code) is not None


def coded_fields(table: Table) -> tuple[Field, ...]:
    """The fields of a table whose values come from a list of codes or have the form of a code."""
    return tuple(field for field in table.fields if field.value_domain and field.code != "org_code")


def read_coded_values(
    connection: DuckDBPyConnection, catalogue: Catalogue, table: Table, period: Period
) -> dict[str, dict[str, CodedValues]]:
    """By org_code and field code, over the accepted rows of a table uploaded in a period."""
    coded = coded_fields(table)
    if not coded:
        return {}
    rows = connection.execute(_query(table, coded), {"first": period.first, "last": period.last}).fetchall()
    counts: dict[str, dict[str, dict[str, int]]] = {}
    kinds: dict[tuple[str, str | None], Kind] = {}
    for org_code, place, value, found in _by_field(rows):
        field = coded[place]
        if (field.code, value) not in kinds:
            kinds[field.code, value] = kind_of(value, field, catalogue.code_lists[field.value_domain])
        of_field = counts.setdefault(org_code, {}).setdefault(field.code, {})
        kind = kinds[field.code, value]
        of_field[kind] = of_field.get(kind, 0) + found
    return {
        org_code: {code: CodedValues(**of_field) for code, of_field in by_field.items()}
        for org_code, by_field in counts.items()
    }


def _query(table: Table, coded: Iterable[Field]) -> str:
    """One pass for all fields. Grain: one row per hospital, field and value."""
    names = [quoted(field.code) for field in coded]
    sets = ", ".join(f"(org_code, {name})" for name in names)
    return (
        f"select org_code, grouping({', '.join(names)}) as others, {', '.join(names)}, count(*) as found "
        f"from validated.{quoted(table.code)} where upload_date between $first and $last "
        f"group by grouping sets ({sets})"
    )


def _by_field(rows: Iterable[tuple]) -> Iterator[tuple[str, int, str | None, int]]:
    for org_code, others, *values, found in rows:
        # The bits of `others` are set for the fields that the row is not about, the first field's highest.
        about = ~others & ((1 << len(values)) - 1)
        place = len(values) - about.bit_length()
        yield org_code, place, values[place], found
