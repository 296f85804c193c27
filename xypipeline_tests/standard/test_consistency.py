"""Each way in which the standard's files can contradict themselves is refused with file and line."""

from pathlib import Path

import pytest

from xypipeline.errors import StandardError
from xypipeline.standard.catalogue import load_catalogue

TABLES, CODES, RULES, VISIT, PATIENT, DISEASES = (
    "tables.csv",
    "codes.csv",
    "rules.csv",
    "tables/visit.csv",
    "tables/patient.csv",
    "notifiable_diseases.csv",
)


def problems(folder: Path) -> list[str]:
    with pytest.raises(StandardError) as refusal:
        load_catalogue(folder)
    return str(refusal.value).replace(f"{folder}/", "").split("\n")


def edit(folder: Path, name: str, old: str, new: str) -> None:
    path = folder / name
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def test_a_consistent_standard_loads(tiny_standard: Path) -> None:
    catalogue = load_catalogue(tiny_standard)

    assert list(catalogue.tables) == ["patient", "visit"]
    assert catalogue.tables["visit"].parents[0].when_values == ("1", "2")
    assert catalogue.code_lists["KIND"].codes == {"1": "门诊", "2": "急诊"}
    assert set(catalogue.rules) == {"G01", "R02-01", "R02-02", "I01", "I02"}


CASES = {
    "folder is not the version": (
        ("standard.toml", "2030.1", "2031.1"),
        "standard.toml: version 2031.1 lies in the folder 2030.1; make them equal.",
    ),
    "table number out of order": (
        (TABLES, "2,visit", "3,visit"),
        "tables.csv:3: visit has the number 3 but stands at 2; renumber.",
    ),
    "field number out of order": (
        (VISIT, "8,age", "9,age"),
        "tables/visit.csv:9: age_years has the number 9 but stands at 8; renumber.",
    ),
    "field code no identifier": (
        (VISIT, "age_years", "Age"),
        "tables/visit.csv:9: the code 'Age' must be lower-case letters, digits and _.",
    ),
    "title blank": (
        (VISIT, ",年龄,", ", ,"),
        "tables/visit.csv:9: age_years has no title_zh; give it one.",
    ),
    "two tables of one title": (
        (TABLES, ",就诊,", ",患者,"),
        "tables.csv:3: visit is called 患者, and so is patient; rename one of them.",
    ),
    "legacy code is another table's code": (
        (TABLES, "TB_VISIT", "Patient"),
        "tables.csv:3: visit is called Patient, and so is patient; rename one of them.",
    ),
    "two fields of one title": (
        (VISIT, ",年龄,", ",就诊类型,"),
        "tables/visit.csv:9: age_years is called 就诊类型, and so is kind_code; rename one of them.",
    ),
    "shares do not sum to one": (
        (TABLES, "0.75", "0.74"),
        "tables.csv: expected_share sums to 0.99; make it 1.",
    ),
    "key without the hospital": (
        (TABLES, "org_code|visit_id", "visit_id"),
        "tables.csv:3: visit has a primary key without org_code; records of two hospitals would collide, "
        "add it.",
    ),
    "key names a field twice": (
        (TABLES, "org_code|visit_id", "org_code|visit_id|visit_id"),
        "tables.csv:3: visit names a field twice in its primary key; name it once.",
    ),
    "key of an unknown field": (
        (TABLES, "org_code|visit_id", "org_code|visit_no"),
        "tables.csv:3: visit has visit_no in its primary key, but no field visit_no with required M; "
        "correct either.",
    ),
    "key of an optional field": (
        (VISIT, "就诊流水号,string,32,,M", "就诊流水号,string,32,,C"),
        "tables.csv:3: visit has visit_id in its primary key, but no field visit_id with required M; "
        "correct either.",
    ),
    "event date unknown": (
        (TABLES, "visit_time", "visit_day"),
        "tables.csv:3: visit is dated by visit_day, but has no such field with required M; correct either.",
    ),
    "event date no date": (
        (TABLES, "visit_time", "kind_code"),
        "tables.csv:3: visit is dated by kind_code, which is neither date nor datetime; name another field.",
    ),
    "audit field optional": (
        (VISIT, "数据采集时间,datetime,,,M", "数据采集时间,datetime,,,O"),
        "tables.csv:3: visit lacks the field collect_time with required M, which every table carries; "
        "add it to its fields.",
    ),
    "unknown applicability": (
        (TABLES, "has_clinic", "has_clinics"),
        "tables.csv:3: visit applies where has_clinics, which is no code of LC_BUSINESS_SCOPE; "
        "add the code or correct the tag.",
    ),
    "unknown parent": (
        (TABLES, '"patient(', '"patients('),
        "tables.csv:3: visit has the parent patients, which is no table; correct the name.",
    ),
    "parent by an unknown column": (
        (TABLES, "patient_id=patient_id", "patient_no=patient_id"),
        "tables.csv:3: visit refers to patient by patient_no, which is no field of it; correct the name.",
    ),
    "parent column outside its key": (
        (TABLES, "patient_id=patient_id", "patient_id=patient_id,visit_id=patient_name"),
        "tables.csv:3: visit refers to patient.patient_name, not part of its primary key; refer to the key.",
    ),
    "parent column of another type": (
        (TABLES, "patient_id=patient_id", "age_years=patient_id"),
        "tables.csv:3: visit joins age_years to patient.patient_id, of another type; make them equal.",
    ),
    "parent key incomplete": (
        (TABLES, "(org_code=org_code,", "("),
        "tables.csv:3: visit refers to patient without org_code of its primary key; add it.",
    ),
    "parent condition on an unknown column": (
        (TABLES, "when kind_code", "when kind"),
        "tables.csv:3: visit has a parent only when kind, which is no field of it; correct the name.",
    ),
    "parent condition on an unknown code": (
        (TABLES, "in 1|2", "in 1|9"),
        "tables.csv:3: visit has a parent when kind_code is 9, no code of KIND; correct it.",
    ),
    "table that is its own parent": (
        (
            TABLES,
            '"patient(org_code=org_code,patient_id=patient_id)',
            '"visit(org_code=org_code,visit_id=visit_id)',
        ),
        "tables.csv:3: visit is its own ancestor; remove a parent of the circle.",
    ),
    "field named like a column of the platform": (
        (VISIT, "age_years", "line"),
        "tables/visit.csv:9: line is the name of a column that the platform adds; "
        "give the field another code.",
    ),
    "data element malformed": (
        (VISIT, "0,130,,,none", "0,130,,DE2,none"),
        "tables/visit.csv:9: age_years has the data element DE2, not of the form DE00.00.000.00; correct it.",
    ),
    "pattern beyond the warehouse": (
        (VISIT, "JZLSH,就诊流水号,string,32,,M,,,,,", "JZLSH,就诊流水号,string,32,,M,,,,,(?!0)[0-9]+"),
        "tables/visit.csv:3: visit_id has a pattern that looks around or back, which the warehouse cannot; "
        "write it without.",
    ),
    "string without length": (
        (VISIT, "就诊流水号,string,32", "就诊流水号,string,"),
        "tables/visit.csv:3: visit_id is of type string and has no length; give it one.",
    ),
    "datetime with length": (
        (VISIT, "就诊时间,datetime,", "就诊时间,datetime,8"),
        "tables/visit.csv:5: visit_time is of type datetime, which has no length; leave it blank.",
    ),
    "decimal without precision": (
        (VISIT, "decimal,10,2", "decimal,10,"),
        "tables/visit.csv:8: fee must have a precision if its type is decimal, and only then; "
        "correct type or precision.",
    ),
    "more decimals than digits": (
        (VISIT, "decimal,10,2", "decimal,10,11"),
        "tables/visit.csv:8: fee has 11 decimals but only 10 digits; correct one of them.",
    ),
    "range of a string": (
        (VISIT, "就诊类型,string,1,,M,KIND,,,", "就诊类型,string,1,,M,KIND,,1,2"),
        "tables/visit.csv:6: kind_code is of type string, which has no range; leave min and max blank.",
    ),
    "range not of the type": (
        (VISIT, "0,130", "0,130.5"),
        "tables/visit.csv:9: age_years has a range 0 to 130.5 that is no int; correct min and max.",
    ),
    "range upside down": (
        (VISIT, "0,1000.5", "1000.6,1000.5"),
        "tables/visit.csv:8: fee has the min 1000.6 above the max 1000.5; correct one of them.",
    ),
    "unknown value domain": (
        (VISIT, "M,KIND", "M,KINDS"),
        "tables/visit.csv:6: kind_code has the value domain KINDS, which codes.csv lacks; "
        "add it or correct the name.",
    ),
    "list without a value domain": (
        (VISIT, "string,32,,M,,,,,,,none,\n3,", "string,32,,M,,|,,,,,none,\n3,"),
        "tables/visit.csv:3: visit_id has a list_separator but no value domain for the elements; "
        "name one, or leave it blank.",
    ),
    "separator inside a code": (
        (VISIT, "LC_BUSINESS_SCOPE,|", "LC_BUSINESS_SCOPE,_"),
        "tables/visit.csv:7: scope_codes has the list_separator _, also in the code has_clinic; "
        "choose another.",
    ),
    "code longer than its field": (
        (CODES, "KIND,就诊类型,自定义,2", "KIND,就诊类型,自定义,2x"),
        "tables/visit.csv:6: kind_code is 1 characters long, and the code 2x longer; lengthen the field.",
    ),
    "one code, two meanings": (
        (VISIT, "患者标识,string,32", "患者标识,string,30"),
        "tables/visit.csv:4: patient_id is not described as on tables/patient.csv:3; "
        "describe it alike, or give it another code.",
    ),
    "value domain that no field has": (
        (CODES, "KIND,就诊类型,自定义,1", "KINDS,就诊类型,自定义,1"),
        "codes.csv:4: no field has the value domain KINDS; name it in a field, or delete it.",
    ),
    "pattern of a value domain unreadable": (
        (CODES, "pattern:^[a-z_]+$", "pattern:^[a-z_+$"),
        "codes.csv:6: the pattern of LC_BUSINESS_SCOPE cannot be read; correct it.",
    ),
    "rule both warning and fatal": (
        (RULES, "error,key", "warn,key"),
        "rules.csv:2: G01 is a mere warning and yet fatal; make its severity error, or leave fatal_on blank.",
    ),
    "rule of an unknown table": (
        (RULES, "visit,R02-01", "visits,R02-01"),
        "rules.csv:3: R02-01 is about visits, which is no table; correct the name.",
    ),
    "rule of an unknown name": (
        (RULES, "patient_id 存在于", "patient_no 存在于"),
        "rules.csv:4: R02-02 speaks of patient_no, which is no field, table or scope; correct the name.",
    ),
    "rule of one table on another's field": (
        (RULES, "kind_code 只能", "patient_name 只能"),
        "rules.csv:3: R02-01 needs only the table visit, but patient_name is no field of it; "
        "correct it, or its kind.",
    ),
    "rule with the id of a rule of intake": (
        (RULES, "R02-02", "I01"),
        "rules.csv:4: I01 is a rule of intake, which the platform defines; rename.",
    ),
    "severity unknown": (
        (RULES, "kind_code 只能为 1 或 2,error", "kind_code 只能为 1 或 2,fatal"),
        "rules.csv:3: 'fatal' is none of error, warn.",
    ),
    "disease without a code of ICD-10": (
        (DISEASES, "B30.3", "B303"),
        "notifiable_diseases.csv:3: 'B303' is no category of ICD-10 such as A15, nor a code of it such as "
        "B30.3.",
    ),
    "disease of no class": (
        (DISEASES, "A00,1", "A00,4"),
        "notifiable_diseases.csv:2: '4' is none of 1, 2, 3.",
    ),
    "disease without a name": (
        (DISEASES, "霍乱", " "),
        "notifiable_diseases.csv:2: A00 has no title_zh; give it one.",
    ),
    "disease twice": (
        (DISEASES, "B30.3", "A00"),
        "notifiable_diseases.csv:3: A00 is defined already on line 2.",
    ),
    "disease in a category that is listed": (
        (DISEASES, "B30.3", "A00.1"),
        "notifiable_diseases.csv:3: A00.1 lies in A00, which is listed, too; delete one of them.",
    ),
    "class that the value domain lacks": (
        (
            CODES,
            "LC_BUSINESS_SCOPE,业务范围,自定义,has_clinic,门诊\n",
            "LC_INFECT_CLASS,传染病分类,自定义,1,甲类\n",
        ),
        "notifiable_diseases.csv:3: the class 3 is no code of LC_INFECT_CLASS; correct it.",
    ),
    "row too short": (
        (CODES, "自定义,2,急诊", "自定义,2"),
        "codes.csv:5: has not as many cells as the header.",
    ),
    "code twice": (
        (CODES, "自定义,2,急诊", "自定义,1,急诊"),
        "codes.csv:5: KIND has the code 1 already.",
    ),
    "field twice": (
        (VISIT, "age_years", "fee"),
        "tables/visit.csv:9: fee is defined already on line 8.",
    ),
    "pattern unreadable": (
        (VISIT, "^[0-9A-Z]+$", "^[0-9A-Z+$"),
        "tables/visit.csv:2: unterminated character set at position 1",
    ),
    "validity unreadable": (
        ("standard.toml", "2030-01-01", '"2030"'),
        "standard.toml: needs version, title and valid_from (a date without quotes).",
    ),
}


@pytest.mark.parametrize(("change", "expected"), CASES.values(), ids=CASES)
def test_a_malformed_standard_is_refused_with_file_and_line(
    tiny_standard: Path, change: tuple[str, str, str], expected: str
) -> None:
    edit(tiny_standard, *change)

    assert expected in problems(tiny_standard)


def test_a_single_contradiction_is_told_once_and_nothing_else(tiny_standard: Path) -> None:
    edit(tiny_standard, VISIT, "0,130", "131,130")

    assert problems(tiny_standard) == [
        "tables/visit.csv:9: age_years has the min 131 above the max 130; correct one of them."
    ]


def test_all_contradictions_are_told_together(tiny_standard: Path) -> None:
    edit(tiny_standard, VISIT, "0,130", "131,130")
    edit(tiny_standard, RULES, "error,key", "warn,key")

    assert [text.split(": ")[0] for text in problems(tiny_standard)] == ["tables/visit.csv:9", "rules.csv:2"]


def test_two_tables_that_are_each_others_parents_are_both_named(tiny_standard: Path) -> None:
    reference = '"visit(org_code=org_code,patient_name=visit_id)"'
    edit(tiny_standard, TABLES, "static,0.25,all,WS 445,,", f"static,0.25,all,WS 445,{reference},")

    assert problems(tiny_standard) == [
        "tables.csv:2: patient is its own ancestor; remove a parent of the circle.",
        "tables.csv:3: visit is its own ancestor; remove a parent of the circle.",
    ]


def test_a_table_without_a_file_of_fields_and_a_file_without_a_table_are_told(tiny_standard: Path) -> None:
    (tiny_standard / PATIENT).rename(tiny_standard / "tables" / "patients.csv")

    assert problems(tiny_standard)[:2] == [
        "tables.csv:2: the table patient has no file tables/patient.csv; add it.",
        "tables/patients.csv: tables.csv has no table patients; add its line there, or delete this file.",
    ]


@pytest.mark.parametrize("name", ["standard.toml", TABLES, CODES, RULES])
def test_a_missing_file_is_named(tiny_standard: Path, name: str) -> None:
    (tiny_standard / name).unlink()

    assert problems(tiny_standard)[0].startswith(f"{name}: ")


def test_files_saved_by_a_spreadsheet_are_read_and_located_alike(tiny_standard: Path) -> None:
    for path in tiny_standard.rglob("*.csv"):
        text = path.read_text(encoding="utf-8")
        path.write_text(text, encoding="utf-8-sig", newline="\r\n")
    load_catalogue(tiny_standard)

    edit(tiny_standard, VISIT, "0,130", "131,130")
    assert problems(tiny_standard) == [
        "tables/visit.csv:9: age_years has the min 131 above the max 130; correct one of them."
    ]
