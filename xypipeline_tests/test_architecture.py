import ast
from pathlib import Path

import pytest

import xypipeline

PACKAGE = Path(xypipeline.__file__).parent
STAGES = ("landing", "raw", "validated", "scores", "publication")
SHARED = {
    "standard",
    "registry",
    "policy",
    "periods",
    "warehouse",
    "settings",
    "errors",
    "ahead",
    "apart",
    "archives",
    "audit",
    "harmless",
    "limits",
    "loaded",
    "row_groups",
    "stored",
}
MODULES = sorted(PACKAGE.rglob("*.py"))


def imported_modules(path: Path) -> set[str]:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    names = {alias.name for node in ast.walk(tree) if isinstance(node, ast.Import) for alias in node.names}
    return names | {
        node.module for node in ast.walk(tree) if isinstance(node, ast.ImportFrom) and node.module
    }


def own_packages(path: Path) -> set[str]:
    return {name.split(".")[1] for name in imported_modules(path) if name.startswith("xypipeline.")}


def test_dagster_is_imported_in_its_own_folder_only() -> None:
    users = {
        path.relative_to(PACKAGE).parts[0]
        for path in MODULES
        if any(name.split(".")[0].startswith("dagster") for name in imported_modules(path))
    }

    assert users == {"orchestration", "definitions.py"}


@pytest.mark.parametrize("stage", [*STAGES, "audit"])
def test_a_stage_reaches_into_no_other(stage: str) -> None:
    imported = {name for path in (PACKAGE / stage).rglob("*.py") for name in own_packages(path)}

    assert imported <= SHARED | {stage}


def test_only_the_warehouse_opens_duckdb() -> None:
    openers = {
        path.relative_to(PACKAGE).as_posix() for path in MODULES if "duckdb.connect(" in path.read_text()
    }

    assert openers <= {"warehouse.py"}


def test_modules_and_functions_stay_small() -> None:
    long_modules = [path.name for path in MODULES if len(path.read_text().splitlines()) > 200]
    long_functions = [
        f"{path.relative_to(PACKAGE)}:{node.name}"
        for path in MODULES
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.FunctionDef) and body_lines(node) > 30
    ]

    assert (long_modules, long_functions) == ([], [])


def body_lines(function: ast.FunctionDef) -> int:
    body = function.body[1:] if ast.get_docstring(function) else function.body
    return body[-1].end_lineno - body[0].lineno + 1 if body else 0


def test_the_number_of_tables_stands_nowhere_in_the_code() -> None:
    numbers = [
        path.name
        for path in MODULES
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Constant) and node.value == 51
    ]

    assert numbers == []
