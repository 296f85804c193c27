import shutil
from pathlib import Path

import pytest

import xypipeline.registry
from xypipeline.errors import RegistryError
from xypipeline.registry.institutions import load_registry

PACKAGED = Path(xypipeline.registry.__file__).parent
NAME = "信阳市中心医院"


@pytest.mark.parametrize(
    "name", ["=1+1医院", "@医院", "中心\u202e医院", "中心\x1b[31m医院", "中心\u200b医院"]
)
def test_a_name_that_is_more_than_it_seems_is_refused(tmp_path: Path, name: str) -> None:
    for path in (*PACKAGED.glob("*.csv"), *PACKAGED.glob("*.toml")):
        shutil.copy(path, tmp_path)
    institutions = tmp_path / "institutions.csv"
    assert load_registry(tmp_path).institutions
    institutions.write_text(institutions.read_text("utf-8").replace(f",{NAME},", f",{name},"), "utf-8")

    with pytest.raises(RegistryError, match="begins like a formula or has an invisible character"):
        load_registry(tmp_path)
