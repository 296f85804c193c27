from collections import Counter
from datetime import date
from pathlib import Path

import pytest

from xypipeline.errors import RegistryError
from xypipeline.registry.institutions import current_registry, load_registry

INSTITUTIONS = "seq,org_code,name,district,district_code,kind,level,registered_from,registered_to"
CONNECTIONS = "org_code,platform,valid_from,valid_to,note"
EXEMPTIONS = "org_code,kind,first_day,last_day,evidence"
SOUND = {
    "registry.toml": 'version = "7"',
    "institutions.csv": f"{INSTITUTIONS}\n2,B,乙医院,市直,411500,tcm,,2023-01-01,\n"
    "1,A,甲医院,市直,411500,general,三级,2023-01-01,\n",
    "connections.csv": f"{CONNECTIONS}\nA,city,2023-01-01,2023-04-30,\nA,city,2023-05-01,,换线路\n",
    "exemptions.csv": f"{EXEMPTIONS}\n,outage,2023-04-01,2023-04-02,平台公告\n",
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


def test_a_sound_register_is_read_in_the_order_of_the_attachment(tmp_path: Path) -> None:
    registry = load_registry(write(tmp_path))
    assert registry.version == "7"
    assert [item.name for item in registry.institutions] == ["甲医院", "乙医院"]
    assert [item.level for item in registry.institutions] == ["三级", None]
    assert registry.expected_days("A", date(2023, 4, 1), date(2023, 4, 3)) == (date(2023, 4, 3),)


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
    ],
)
def test_a_malformed_register_is_refused(tmp_path: Path, file: str, text: str, problems: list[str]) -> None:
    folder = write(tmp_path, **{file: text})
    with pytest.raises(RegistryError) as caught:
        load_registry(folder)
    found = [line.removeprefix(f"{folder}/") for line in str(caught.value).splitlines()]
    assert found == [problem.format(folder=folder) for problem in problems]


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    (write(tmp_path) / "connections.csv").unlink()
    with pytest.raises(RegistryError, match=r"connections\.csv"):
        load_registry(tmp_path)
