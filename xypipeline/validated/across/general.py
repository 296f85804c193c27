"""What the rules for every table are about in each of them: names that are put into the rule's query."""

from collections.abc import Callable, Iterable, Mapping

from xypipeline.standard.model import Parent, Table
from xypipeline.warehouse import quoted

Expansion = Mapping[str, str]
Expand = Callable[[Table], list[Expansion]]

# Their code lists are the city's, not the hospital's departments.
_CITY_DEPARTMENTS = ("std_dept_code",)
_STAFF = "工号"


def parents(table: Table) -> list[Expansion]:
    """G14: each reference of the table; registers of staff and departments have rules of their own."""
    return [_reference(table, parent) for parent in table.parents]


def departments(table: Table) -> list[Expansion]:
    """G15: each field that names a department, but for the register of departments itself."""
    if table.code == "department":
        return []
    codes = [field.code for field in table.fields if field.code.endswith("dept_code")]
    return [_column(table, code) for code in codes if code not in _CITY_DEPARTMENTS]


def staff(table: Table) -> list[Expansion]:
    """G16: each field that names a member of staff by number, but for the register of staff itself."""
    if table.code == "staff":
        return []
    return [_column(table, field.code) for field in table.fields if _STAFF in field.title_zh]


def patients(table: Table) -> list[Expansion]:
    """G17: the patient, where the table names one and G14 does not look for him already."""
    codes = {field.code for field in table.fields}
    referred = {parent.table_code for parent in table.parents} | {table.code}
    return [_column(table, "patient_id")] if "patient_id" in codes and "patient_info" not in referred else []


def versions(table: Table) -> list[Expansion]:
    """G09: every table whose rows say what they do to a record."""
    flagged = any(field.code == "modify_flag" for field in table.fields)
    return [_record(table, "modify_flag")] if flagged else []


def records(table: Table) -> list[Expansion]:
    """G23: every table; each hospital's rows are looked at by themselves, so its code tells no two apart."""
    own = [code for code in table.primary_key if code != "org_code"] or table.primary_key
    return [{**_column(table, table.primary_key[-1]), "key": _listed(own)}]


def scopes(table: Table) -> list[Expansion]:
    """G28: each table that belongs to certain scopes of business."""
    listed = ", ".join(f"'{scope}'" for scope in table.applicability)
    return [{"code": table.code, "scopes": listed}] if listed else []


def sent(*frequencies: str) -> Expand:
    """G18 to G22 and G26: the days on which tables of these frequencies arrive."""
    return lambda table: [{"code": table.code}] if table.expected_frequency in frequencies else []


def declared(table: Table) -> list[Expansion]:
    """G27: the events of a table by their business days; a dictionary has none."""
    if table.is_dictionary:
        return []
    return [{"code": table.code, **_record(table, table.event_date)}]


def unsent(table: Table) -> list[Expansion]:
    """G20: tables of which nothing may happen for long, and the scopes of business that they belong to."""
    listed = ", ".join(f"'{scope}'" for scope in table.applicability)
    return [{"code": table.code, "scopes": listed}] if table.expected_frequency == "event" else []


def dated(frequency: str) -> Expand:
    """G24 and G25: events of tables of this frequency."""
    return lambda table: [_record(table, table.event_date)] if table.expected_frequency == frequency else []


def _record(table: Table, column: str) -> Expansion:
    """Two rows, `parent` and `child`, of one record."""
    key = dict.fromkeys(("org_code", *table.primary_key))
    return {
        **_column(table, column),
        "same_record": " and ".join(f"parent.{quoted(code)} = child.{quoted(code)}" for code in key),
        "key": _listed(key),
    }


def _listed(codes: Iterable[str]) -> str:
    return ", ".join(f"child.{quoted(code)}" for code in codes)


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


GENERAL: Mapping[str, Expand] = {
    "G09": versions,
    "G14": parents,
    "G15": departments,
    "G16": staff,
    "G17": patients,
    "G18": sent("daily"),
    "G19": sent("weekly"),
    "G20": unsent,
    "G21": sent("daily", "weekly", "event"),
    "G22": sent("daily", "weekly", "event"),
    "G23": records,
    "G24": dated("daily"),
    "G25": dated("event"),
    "G26": sent("static"),
    "G27": declared,
    "G28": scopes,
}
"""By rule id; a rule for every table that is not named here has one query for all tables."""
