from collections import Counter
from datetime import date
from pathlib import Path

import pytest

from xypipeline.errors import RegistryError
from xypipeline.registry.institutions import current_registry, load_registry
from xypipeline.registry.model import Inapplicability, Validity
from xypipeline.standard.catalogue import current_catalogue

INSTITUTIONS = "seq,org_code,name,district,district_code,kind,level,registered_from,registered_to"
CONNECTIONS = "org_code,platform,valid_from,valid_to,note"
EXEMPTIONS = "org_code,kind,first_day,last_day,evidence"
APPLICABILITY = "org_code,table_code,kind,first_day,last_day,evidence,approver"
ENDLESS = "last_day is empty; give the day on which it ends, and extend it when that is near."
SOUND = {
    "registry.toml": 'version = "7"',
    "institutions.csv": f"{INSTITUTIONS}\n2,B,乙医院,市直,411500,tcm,,2023-01-01,\n"
    "1,A,甲医院,市直,411500,general,三级,2023-01-01,\n",
    "connections.csv": f"{CONNECTIONS}\nA,city,2023-01-01,2023-04-30,\nA,city,2023-05-01,,换线路\n",
    "exemptions.csv": f"{EXEMPTIONS}\n,outage,2023-04-01,2023-04-02,平台公告\n",
    "applicability.csv": f"{APPLICABILITY}\nA,staff,suspended,2023-04-01,2023-06-30,批复1号,李四\n",
}


def write(folder: Path, **changed: str) -> Path:
    for name, text in SOUND.items():
        (folder / name).write_text(changed.get(name.split(".")[0], text), encoding="utf-8")
    return folder


def test_the_shipped_register_is_that_of_the_bulletin() -> None:
    registry = current_registry()
    day = date(2023, 6, 30)
    platforms = [registry.platform_of(item.org_code, day) for item in registry.registered_on(day)]
    assert Counter(platforms) == {"city": 32, "province": 3, None: 6}
    assert [item.seq for item in registry.institutions] == list(range(1, 42))


def test_the_shipped_register_names_tables_of_the_standard_only() -> None:
    assert load_registry(table_codes=current_catalogue().tables) == current_registry()


def test_a_sound_register_is_read_in_the_order_of_the_attachment(tmp_path: Path) -> None:
    registry = load_registry(write(tmp_path))
    assert registry.version == "7"
    assert [item.name for item in registry.institutions] == ["甲医院", "乙医院"]
    assert [item.level for item in registry.institutions] == ["三级", None]
    assert registry.expected_days("A", date(2023, 4, 1), date(2023, 4, 3)) == (date(2023, 4, 3),)
    days = Validity(date(2023, 4, 1), date(2023, 6, 30))
    assert registry.inapplicabilities == (
        Inapplicability("A", "staff", "suspended", days, "批复1号", "李四"),
    )


@pytest.mark.parametrize(
    ("file", "text", "problems"),
    [
        pytest.param(
            "registry", "", ['registry.toml: needs a version, like version = "2023.1".'], id="version"
        ),
        pytest.param("institutions", INSTITUTIONS, ["institutions.csv has no hospital."], id="no hospital"),
        pytest.param(
            "institutions",
            f"{INSTITUTIONS}\n1,A,甲医院,市直,411500,general,,2023-01-01,\nx,B,,市直,411500,tcm,,2023-01-01,\n"
            "3,,丙医院,市直,411500,tcm,,2023-01-01,\n",
            [
                "institutions.csv:3: invalid literal for int() with base 10: 'x'",
                "institutions.csv:4: org_code is empty.",
            ],
            id="every malformed line is named",
        ),
        pytest.param(
            "institutions",
            f"{INSTITUTIONS}\n1,A,甲医院,市直,411500,general,,2023-01-01,\n1,B,甲医院,市直,411500,tcm,,2023-01-01,\n",
            [
                "institutions.csv:3: seq 1 stands already at {folder}/institutions.csv:2.",
                "institutions.csv:3: name 甲医院 stands already at {folder}/institutions.csv:2.",
            ],
            id="doubled hospital",
        ),
        pytest.param(
            "connections",
            f"{CONNECTIONS}\nC,city,2023-01-01,,\nA,city,2023-01-01,2023-04-30,\nA,city,2023-04-30,,\n",
            [
                "connections.csv:2: org_code C is not in institutions.csv.",
                "connections.csv:4: A is connected to the city platform by {folder}/connections.csv:3 "
                "on some of the same days.",
            ],
            id="unknown hospital and overlap",
        ),
        pytest.param(
            "connections",
            f"{CONNECTIONS}\nA,county,2023-01-01,,\nA,city,2023-13-01,,\nA,city,2023-02-01,2023-01-31,\n",
            [
                "connections.csv:2: platform 'county' is none of city, province.",
                "connections.csv:3: valid_from '2023-13-01' is no date like 2023-04-01.",
                "connections.csv:4: valid_to 2023-01-31 is before valid_from 2023-02-01.",
            ],
            id="platform and dates",
        ),
        pytest.param(
            "connections",
            f"{CONNECTIONS}\nA,city\n",
            ["connections.csv: line 2 has not as many cells as the header."],
            id="short line",
        ),
        pytest.param(
            "connections", "org_code\nA\n", ["connections.csv:2: column 'platform' is missing."], id="column"
        ),
        pytest.param(
            "exemptions",
            f"{EXEMPTIONS}\n,closure,2023-04-01,2023-04-02,批复\nA,outage,2023-04-01,2023-04-02,\n",
            [
                "exemptions.csv:2: a closure needs the org_code of the hospital that was closed.",
                "exemptions.csv:3: evidence is empty.",
            ],
            id="exemption without hospital or evidence",
        ),
        pytest.param(
            "exemptions",
            f"{EXEMPTIONS}\nA,closure,2023-04-01,,批复\nA,holiday,2023-04-01,2023-04-02,批复\n"
            "A,closure,2023-04-02,2023-04-01,批复\nA,closure,,2023-04-01,批复\n",
            [
                f"exemptions.csv:2: {ENDLESS}",
                "exemptions.csv:3: kind 'holiday' is none of outage, closure.",
                "exemptions.csv:4: last_day 2023-04-01 is before first_day 2023-04-02.",
                "exemptions.csv:5: first_day '' is no date like 2023-04-01.",
            ],
            id="exemption without end, kind or days",
        ),
        pytest.param(
            "exemptions",
            f"{EXEMPTIONS}\nC,closure,2023-04-01,2023-04-01,批复\nA,closure,2023-04-01,2023-04-03,批复\n"
            "A,closure,2023-04-03,2023-04-04,批复\nA,outage,2023-04-03,2023-04-04,公告\n"
            ",outage,2023-04-01,2023-04-01,公告\n,outage,2023-04-01,2023-04-01,公告\n",
            [
                "exemptions.csv:2: org_code C is not in institutions.csv.",
                "exemptions.csv:4: the closure of A stands already at {folder}/exemptions.csv:3 "
                "for some of the same days.",
                "exemptions.csv:7: the outage of all hospitals stands already at "
                "{folder}/exemptions.csv:6 for some of the same days.",
            ],
            id="exemption of an unknown hospital, or twice",
        ),
        pytest.param(
            "applicability",
            f"{APPLICABILITY}\nA,staff,suspended,2023-04-01,,批复,李四\n"
            "A,staff,suspended,2023-04-02,2023-04-01,批复,李四\nA,staff,absent,2023-04-01,2023-04-02,批复,李四\n"
            "A,staff,suspended,2023-04-01,2023-04-02,,李四\nA,staff,suspended,2023-04-01,2023-04-02,批复, \n"
            "A,,suspended,2023-04-01,2023-04-02,批复,李四\n",
            [
                f"applicability.csv:2: {ENDLESS}",
                "applicability.csv:3: last_day 2023-04-01 is before first_day 2023-04-02.",
                "applicability.csv:4: kind 'absent' is none of not_provided, suspended, outsourced.",
                "applicability.csv:5: evidence is empty.",
                "applicability.csv:6: approver is empty.",
                "applicability.csv:7: table_code is empty.",
            ],
            id="inapplicability without end, evidence, approver or table",
        ),
        pytest.param(
            "applicability",
            f"{APPLICABILITY}\nC,staff,suspended,2023-04-01,2023-04-02,批复,李四\n"
            "A,staf,suspended,2023-04-01,2023-04-02,批复,李四\nA,staff,suspended,2023-04-01,2023-04-30,批复,李四\n"
            "A,staff,outsourced,2023-04-30,2023-05-01,协议,李四\nA,staff,suspended,2023-05-02,2023-05-03,批复,李四\n",
            [
                "applicability.csv:2: org_code C is not in institutions.csv.",
                "applicability.csv:3: table_code staf is no table of the standard; "
                "see `xypipeline standard list`.",
                "applicability.csv:5: A is excused from staff by {folder}/applicability.csv:4 "
                "on some of the same days; let the later one begin the day after the earlier one ends.",
            ],
            id="inapplicability of an unknown hospital or table, or twice",
        ),
    ],
)
def test_a_malformed_register_is_refused(tmp_path: Path, file: str, text: str, problems: list[str]) -> None:
    folder = write(tmp_path, **{file: text})
    with pytest.raises(RegistryError) as caught:
        load_registry(folder, {"staff"})
    found = [line.removeprefix(f"{folder}/") for line in str(caught.value).splitlines()]
    assert found == [problem.format(folder=folder) for problem in problems]


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    (write(tmp_path) / "connections.csv").unlink()
    with pytest.raises(RegistryError, match=r"connections\.csv"):
        load_registry(tmp_path)
