"""The standard that is shipped: it loads, and it is the one that was agreed upon."""

from xypipeline.standard.catalogue import VERSIONS_DIR, current_catalogue, load_catalogue
from xypipeline.standard.model import find_field


def test_every_shipped_version_is_consistent() -> None:
    versions = [load_catalogue(folder) for folder in VERSIONS_DIR.iterdir() if folder.is_dir()]

    assert current_catalogue() in versions
    assert len({catalogue.valid_from for catalogue in versions}) == len(versions)


def test_the_standard_of_2023_has_the_agreed_extent() -> None:
    catalogue = load_catalogue(VERSIONS_DIR / "2023.1")
    fields = [field for table in catalogue.tables.values() for field in table.fields]
    code_lists = catalogue.code_lists.values()

    assert len(catalogue.tables) == 51
    assert len(fields) == 1_211
    assert len({field.code for field in fields}) == 427
    assert len(code_lists) == 85
    # Each pattern is a row of codes.csv, too.
    assert sum(len(one.codes) + (one.pattern is not None) for one in code_lists) == 608
    assert len(catalogue.rules) == 240 + 2


def test_the_standard_of_2023_knows_the_notifiable_diseases() -> None:
    diseases = load_catalogue(VERSIONS_DIR / "2023.1").notifiable_diseases

    assert len(diseases) == 64
    assert {one.title_zh for one in diseases if one.class_code == "1"} == {"鼠疫", "霍乱"}


def test_every_table_has_rules_of_its_own() -> None:
    catalogue = current_catalogue()

    assert set(catalogue.tables) <= {rule.table_code for rule in catalogue.rules.values()}


def test_a_table_and_its_fields_are_found_by_any_of_their_names() -> None:
    catalogue = current_catalogue()
    table = catalogue.tables["org_info"]

    assert [catalogue.find_table(name) for name in ("ORG_INFO", " tb_dic_hospital ", "医疗机构信息")] == [
        table
    ] * 3
    assert catalogue.find_table("org") is None
    assert {find_field(table, name) for name in ("ORG_CODE", "yljgdm", "医疗机构代码")} == {
        table.field("org_code")
    }
    assert find_field(table, "org") is None
