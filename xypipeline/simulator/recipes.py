"""How each field of the standard is made up: DuckDB expressions from `recipes/*.toml`, and their query."""

import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from xypipeline.standard.model import Table
from xypipeline.warehouse import quoted

RECIPES_DIR = Path(__file__).parent / "recipes"
COMMON = "common.toml"
# Columns of a generated frame that place its rows; no field of the standard has these names.
PLACE_COLUMNS = ("day_no", "encounter", "row_no")
_ALIAS = re.compile(r"\b([a-z_]+)\.[a-z_]+")


@dataclass(frozen=True)
class Join:
    """A relation that expressions may name, beside the row's own skeleton `this`."""

    clause: str
    needs: tuple[str, ...]


@dataclass(frozen=True)
class Recipes:
    """All recipes: those that hold in every table, and those of one table."""

    common_fields: Mapping[str, str]
    common_joins: Mapping[str, Join]
    fields: Mapping[str, Mapping[str, str]]
    """By table code, then field code."""
    joins: Mapping[str, Mapping[str, Join]]
    """By table code, then alias, in the order in which they are made."""

    def expression(self, table_code: str, field_code: str) -> str:
        """What makes up a field; KeyError if nothing does."""
        own = self.fields.get(table_code, {})
        return own[field_code] if field_code in own else self.common_fields[field_code]


@cache
def load_recipes() -> Recipes:
    """Read the recipes of all tables."""
    with (RECIPES_DIR / COMMON).open("rb") as file:
        common = tomllib.load(file)
    tables: dict[str, dict] = {}
    for path in sorted(RECIPES_DIR.glob("*.toml")):
        if path.name != COMMON:
            tables |= tomllib.loads(path.read_text(encoding="utf-8"))
    return Recipes(
        common_fields=common["fields"],
        common_joins={
            alias: Join(join["clause"], tuple(join.get("needs", ())))
            for alias, join in common["joins"].items()
        },
        fields={code: {k: v for k, v in table.items() if k != "joins"} for code, table in tables.items()},
        joins={
            code: {alias: Join(clause, ()) for alias, clause in table.get("joins", {}).items()}
            for code, table in tables.items()
        },
    )


def content_query(recipes: Recipes, table: Table) -> str:
    """The query of a table's rows, with parameters $table_code, $first_day and $last_day.

    Its columns are `PLACE_COLUMNS` and then the table's fields in the standard's order.
    """
    expressions = {field.code: recipes.expression(table.code, field.code) for field in table.fields}
    own, common = recipes.joins.get(table.code, {}), recipes.common_joins
    joins = _in_order(expressions.values(), own, common)
    places = [f"this.{column}" for column in PLACE_COLUMNS]
    columns = places + [f"{expression} as {quoted(code)}" for code, expression in expressions.items()]
    clauses = [own[alias].clause if alias in own else common[alias].clause for alias in joins]
    selected = ",\n    ".join(columns)
    return "\n".join(
        [f"select\n    {selected}", "from skeleton($table_code, $first_day, $last_day) as this", *clauses]
    )


def _in_order(texts: Iterable[str], own: Mapping[str, Join], common: Mapping[str, Join]) -> list[str]:
    """The joins that the texts name, and those that these need, each after what it builds upon."""
    ordered: list[str] = []

    def add(alias: str) -> None:
        join = own.get(alias) or common.get(alias)
        if join is None or alias in ordered:
            return
        for needed in (*join.needs, *_ALIAS.findall(join.clause)):
            if needed != alias:
                add(needed)
        ordered.append(alias)

    for text in texts:
        for alias in _ALIAS.findall(text):
            add(alias)
    return ordered
