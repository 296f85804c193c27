"""What the data standard consists of, as frozen values; reading and checking its files is not done here."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Literal

FieldType = Literal["string", "int", "decimal", "date", "datetime"]
Severity = Literal["fatal", "error", "warn"]

# What the platform adds to each row; a field of the standard must not take these names.
LINEAGE_COLUMNS = ("upload_date", "org_code", "path", "line")


@dataclass(frozen=True)
class Field:
    """One field of one table, as the standard describes it; None means no constraint."""

    no: int
    code: str
    legacy_code: str | None
    title_zh: str
    type: FieldType
    length: int | None
    """Characters; for int and decimal, digits in all."""
    precision: int | None
    """Decimals, of type decimal only."""
    required: Literal["M", "C", "O"]
    value_domain: str | None
    list_separator: str | None
    """Set where one value holds several codes of the value domain."""
    minimum: str | None
    maximum: str | None
    pattern: str | None
    data_element_id: str | None
    sensitive: Literal["none", "name", "id_no", "phone", "address"]
    note: str | None

    @property
    def is_required(self) -> bool:
        """Whether every row must have a value (M); C and O depend on the case."""
        return self.required == "M"

    @property
    def is_sensitive(self) -> bool:
        """Whether its values identify a person and are shown masked only."""
        return self.sensitive != "none"


@dataclass(frozen=True)
class Parent:
    """A reference to another table: child column -> parent column, perhaps only in some rows."""

    table_code: str
    columns: tuple[tuple[str, str], ...]
    when_column: str | None
    when_values: tuple[str, ...]


@dataclass(frozen=True)
class Table:
    """One table that hospitals upload."""

    no: int
    code: str
    legacy_code: str | None
    title_zh: str
    domain: str
    domain_zh: str
    grain: str
    primary_key: tuple[str, ...]
    event_date: str
    """The field that dates a row."""
    expected_frequency: Literal["daily", "weekly", "event", "static"]
    expected_share: Decimal
    """Share of all rows in a model hospital; for simulation and weighting only."""
    applicability: tuple[str, ...]
    """Business scopes that must all be carried out; empty when every hospital has the table."""
    references: str
    parents: tuple[Parent, ...]
    absence_note: str | None
    fields: tuple[Field, ...]

    @property
    def is_dictionary(self) -> bool:
        """Whether it is reference data, sent as a whole, rather than events."""
        return self.expected_frequency == "static"

    def field(self, code: str) -> Field:
        """The field of that code; KeyError if the table has none."""
        try:
            return next(field for field in self.fields if field.code == code)
        except StopIteration:
            raise KeyError(f"{self.code} has no field {code}") from None


@dataclass(frozen=True)
class CodeList:
    """A value domain: either the codes themselves, or a pattern beside which codes are display names only."""

    id: str
    title_zh: str
    source: str
    codes: Mapping[str, str]
    pattern: str | None


@dataclass(frozen=True)
class Rule:
    """One rule of quality; `table_code` is `*` when it holds for every table."""

    id: str
    table_code: str
    title_zh: str
    kind: Literal["intake", "row", "cross_field", "cross_table", "volume", "timeliness"]
    expression: str
    severity: Literal["error", "warn"]
    fatal_on: frozenset[str]
    """When a breach is fatal instead: `row` always; `key` or `event_date` where it leaves a column of that
    role without a usable value."""


@dataclass(frozen=True)
class NotifiableDisease:
    """What must be reported by law (传染病防治法), named by where its ICD-10 codes begin."""

    code: str
    """A category of three characters, or one code of four: `A15`, `B30.3`. None begins with another."""
    class_code: str
    """1 甲类, 2 乙类, 3 丙类."""
    title_zh: str


@dataclass(frozen=True)
class Catalogue:
    """One version of the data standard, checked and complete."""

    version: str
    title: str
    valid_from: date
    tables: Mapping[str, Table]
    """By code, in the standard's order."""
    code_lists: Mapping[str, CodeList]
    rules: Mapping[str, Rule]
    """By id: the standard's own, then the platform's rules of intake."""
    notifiable_diseases: tuple[NotifiableDisease, ...]
    control_tables: Mapping[str, Table]
    """By code: the platform's own, in which a hospital says what it sends. They are none of the standard's
    tables and count nowhere."""

    @property
    def deliverable(self) -> Mapping[str, Table]:
        """By code: every table that a file can bring, the standard's first."""
        return {**self.tables, **self.control_tables}

    def find_table(self, name: str) -> Table | None:
        """The deliverable table called `name` by code, legacy code or Chinese title, in any case, or None."""
        wanted = name.strip().casefold()
        return next((table for table in self.deliverable.values() if wanted in _names(table)), None)

    def rules_of(self, table: Table) -> list[Rule]:
        """The rules that hold for a table: the general ones first, then its own."""
        return [rule for rule in self.rules.values() if rule.table_code in ("*", table.code)]


def _names(item: Table | Field) -> set[str]:
    return {name.casefold() for name in (item.code, item.legacy_code, item.title_zh) if name}


def find_field(table: Table, name: str) -> Field | None:
    """The field called `name` by code, legacy code or Chinese title, in any case; None if there is none."""
    wanted = name.strip().casefold()
    return next((field for field in table.fields if wanted in _names(field)), None)
