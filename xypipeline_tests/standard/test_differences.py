import shutil
from pathlib import Path

import pytest

from xypipeline.errors import StandardError
from xypipeline.standard.catalogue import VERSIONS_DIR, current_catalogue, load_catalogue
from xypipeline.standard.differences import Difference, differences
from xypipeline.standard.model import Catalogue
from xypipeline.standard.version_folder import find_version_folder
from xypipeline_tests.standard.conftest import AUDIT_FIELDS, FIELD_HEADER


@pytest.fixture
def planned(tiny_standard: Path) -> Path:
    """The next version of the tiny standard, still the same but for its number."""
    folder = tiny_standard.with_name("2031.1")
    shutil.copytree(tiny_standard, folder)
    edit(folder, "standard.toml", ("2030.1", "2031.1"))
    return folder


def edit(folder: Path, name: str, *edits: tuple[str, str]) -> None:
    text = (folder / name).read_text(encoding="utf-8")
    for before, after in edits:
        assert before in text
        text = text.replace(before, after)
    (folder / name).write_text(text, encoding="utf-8")


def found(old: Path, new: Path) -> list[tuple[str, ...]]:
    return [
        (one.subject, one.change, one.place, one.aspect_zh, one.old, one.new)
        for one in differences(load_catalogue(old), load_catalogue(new))
    ]


def test_versions_that_say_the_same_do_not_differ(tiny_standard: Path, planned: Path) -> None:
    assert found(tiny_standard, planned) == []


def test_a_field_is_compared_aspect_by_aspect(tiny_standard: Path, planned: Path) -> None:
    edit(
        planned,
        "tables/visit.csv",
        ("fee,,费用（元）,decimal,10,2,C,,,0,1000.5,,", "fee,,费用（元）,decimal,12,2,M,,,0,2000,,"),
        ("age_years,,年龄,int,3,,O,,,0,130,,", "age_years,,年龄,string,3,,O,,,,,^[0-9]+$,"),
        ("LC_BUSINESS_SCOPE,|", "LC_BUSINESS_SCOPE,;"),
    )

    assert found(tiny_standard, planned) == [
        ("field", "changed", "visit.scope_codes", "分隔符", "|", ";"),
        ("field", "changed", "visit.fee", "长度", "10,2", "12,2"),
        ("field", "changed", "visit.fee", "必填", "条件必填", "必填"),
        ("field", "changed", "visit.fee", "范围", "0 ~ 1000.5", "0 ~ 2000"),
        ("field", "changed", "visit.age_years", "类型", "整数", "字符串"),
        ("field", "changed", "visit.age_years", "范围", "0 ~ 130", ""),
        ("field", "changed", "visit.age_years", "格式", "", "^[0-9]+$"),
    ]


def test_what_comes_and_goes_is_named_once(tiny_standard: Path, planned: Path) -> None:
    edit(
        planned,
        "tables.csv",
        ("0.75,has_clinic", "0.5,has_clinic"),
        (
            "未开展门诊\n",
            "未开展门诊\n3,bed,,床位,住院,inp,每床一行,org_code|bed_no,update_time,static,0.25,all,WS 1,,\n",
        ),
    )
    bed = (
        f"{FIELD_HEADER}\n1,org_code,YLJGDM,医疗机构代码,string,22,,M,,,,,^[0-9A-Z]+$,DE08.10.052.00,none,\n"
    )
    bed += f"2,bed_no,,床号,string,8,,M,,,,,,,none,\n{AUDIT_FIELDS.format(3, 4, 5)}"
    (planned / "tables" / "bed.csv").write_text(bed, encoding="utf-8")
    edit(planned, "tables/patient.csv", ("patient_name,XM,姓名", "full_name,,姓名全称"))
    edit(
        planned,
        "codes.csv",
        ("FLAG,修改标志,自定义,3,撤销\n", "FLAG,修改标志,自定义,2,改\nFLAG,修改标志,自定义,3,作废\n"),
    )
    edit(planned, "notifiable_diseases.csv", ("A00,1", "A00,2"), ("B30.3,3,急性出血性结膜炎", "A01,2,伤寒"))
    edit(
        planned,
        "rules.csv",
        ("visit,R02-02,患者在册,cross_table,patient_id 存在于 patient,warn,\n", ""),
        (
            "R02-01,就诊类型,row,kind_code 只能为 1 或 2,error,",
            "R02-01,就诊类型,row,kind_code 只能为 1,error,key",
        ),
    )

    assert found(tiny_standard, planned) == [
        ("table", "added", "bed", "", "", ""),
        ("field", "added", "patient.full_name", "", "", ""),
        ("field", "removed", "patient.patient_name", "", "", ""),
        ("code", "added", "FLAG 2", "", "", ""),
        ("code", "changed", "FLAG 3", "含义", "撤销", "作废"),
        ("rule", "changed", "R02-01", "内容", "kind_code 只能为 1 或 2", "kind_code 只能为 1"),
        ("rule", "changed", "R02-01", "不入库", "", "涉及主键时不入库"),
        ("rule", "removed", "R02-02", "", "", ""),
        ("disease", "changed", "A00", "分类", "甲类", "乙类"),
        ("disease", "added", "A01", "", "", ""),
        ("disease", "removed", "B30.3", "", "", ""),
    ]
    assert differences(load_catalogue(planned), load_catalogue(tiny_standard))[0] == Difference(
        "table", "removed", "bed", "床位（5 个字段）", "", "", ""
    )


def test_a_version_is_found_by_number_or_folder(tiny_standard: Path) -> None:
    version = current_catalogue().version

    assert find_version_folder(version) == VERSIONS_DIR / version
    assert load_of(str(tiny_standard)).version == "2030.1"


def load_of(text: str) -> Catalogue:
    return load_catalogue(find_version_folder(text))


@pytest.mark.parametrize("text", ["2031.1", "."])
def test_what_is_no_version_is_answered_with_those_there_are(
    text: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)

    with pytest.raises(
        StandardError, match=r"is neither a version \(2023.1\) nor a folder with a standard.toml"
    ):
        find_version_folder(text)
