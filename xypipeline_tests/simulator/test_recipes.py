import pytest

from xypipeline.simulator.recipes import content_query, load_recipes
from xypipeline.standard.catalogue import current_catalogue
from xypipeline.standard.model import Table

TABLES = list(current_catalogue().tables.values())


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.code)
def test_every_field_of_the_standard_has_a_recipe_and_no_recipe_is_left_over(table: Table) -> None:
    recipes = load_recipes()
    codes = {field.code for field in table.fields}

    assert all(recipes.expression(table.code, code) for code in codes)
    assert set(recipes.fields.get(table.code, {})) <= codes


def test_every_common_recipe_is_used() -> None:
    recipes = load_recipes()
    used = {
        field.code
        for table in TABLES
        for field in table.fields
        if field.code not in recipes.fields.get(table.code, {})
    }

    assert set(recipes.common_fields) == used


def test_a_query_joins_what_its_expressions_name_and_what_that_builds_upon() -> None:
    query = content_query(load_recipes(), current_catalogue().tables["inpatient_settlement"])

    assert "as bill" in query
    assert query.index("join encounter") > query.index("as this")
    assert "as nurse" not in query
