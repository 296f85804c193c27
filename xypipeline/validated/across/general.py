"""What the rules for every table are about in each of them: names that are put into the rule's query."""

from collections.abc import Callable, Mapping

from xypipeline.standard.model import Catalogue, Parent, Table
from xypipeline.warehouse import quoted

Expansion = Mapping[str, str]

# Their code lists are the city's, not the hospital's departments.
_CITY_DEPARTMENTS = ("std_dept_code",)
_STAFF = "工号"


def parents(table: Table, catalogue: Catalogue) -> list[Expansion]:
    """G14: each reference of the table; registers of staff and departments have rules of their own."""
    return [_reference(table, parent) for parent in table.parents]


def departments(table: Table, catalogue: Catalogue) -> list[Expansion]:
    """G15: each field that names a department, but for the register of departments itself."""
    if table.code == "department":
        return []
    codes = [field.code for field in table.fields if field.code.endswith("dept_code")]
    return [_column(table, code) for code in codes if code not in _CITY_DEPARTMENTS]


def staff(table: Table, catalogue: Catalogue) -> list[Expansion]:
    """G16: each field that names a member of staff by number, but for the register of staff itself."""
    if table.code == "staff":
        return []
    return [_column(table, field.code) for field in table.fields if _STAFF in field.title_zh]


def patients(table: Table, catalogue: Catalogue) -> list[Expansion]:
    """G17: the patient, where the table names one and G14 does not look for him already."""
    codes = {field.code for field in table.fields}
    referred = {parent.table_code for parent in table.parents} | {table.code}
    return [_column(table, "patient_id")] if "patient_id" in codes and "patient_info" not in referred else []


def _reference(table: Table, parent: Parent) -> Expansion:
    pairs = [(child, of_parent) for child, of_parent in parent.columns if child != "org_code"]
    join = [f"parent.{quoted(of_parent)} = child.{quoted(child)}" for child, of_parent in pairs]
    given = [f"child.{quoted(child)} is not null" for child, _ in pairs]
    if parent.when_column:
        values = ", ".join(f"'{value}'" for value in parent.when_values)
        given.append(f"child.{quoted(parent.when_column)} in ({values})")
    column = pairs[-1][0] if pairs else "org_code"
    return {
        **_column(table, column),
        "parent_table": quoted(parent.table_code),
        "same_record": " and ".join(["parent.org_code = child.org_code", *join]),
        "refers": " and ".join(given) or "true",
    }


def _column(table: Table, column: str) -> Expansion:
    return {"table": quoted(table.code), "column": column}


GENERAL: Mapping[str, Callable[[Table, Catalogue], list[Expansion]]] = {
    "G14": parents,
    "G15": departments,
    "G16": staff,
    "G17": patients,
}
"""By rule id; a rule for every table that is not named here has one query for all tables."""
