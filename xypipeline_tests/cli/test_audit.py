import json
from pathlib import Path

import pytest
import typer
from typer.testing import CliRunner, Result

from xypipeline.cli.audit import audit
from xypipeline.errors import AuditError, PeriodError
from xypipeline.publication.attachment import compose_attachment
from xypipeline.publication.twins import json_bytes
from xypipeline_tests.publication.city import CITY

PUBLISHED = Path(__file__).parents[1] / "audit" / "data" / "bulletin-2023Q2.txt"
APP = typer.Typer()
APP.command()(audit)


def call(*arguments: str) -> Result:
    return CliRunner().invoke(APP, arguments, catch_exceptions=False)


@pytest.fixture(autouse=True)
def data_dir(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("XY_DATA_DIR", str(tmp_path))
    return tmp_path


def test_contradictions_are_told_first_and_are_no_failure() -> None:
    result = call(str(PUBLISHED))

    assert result.exit_code == 0
    assert result.stdout.splitlines()[:5] == [
        "矛盾（9 处）",
        "  1. 第11行、第15行　接入（互联互通）医院家数",
        "     通报：36 家",
        "     核对：35 家（正文、附件）",
        "     说明：共 41 家，正文列未联通 6 家，应接入 35 家，含联通省平台 3 家",
    ]
    assert result.stdout.splitlines()[-1].endswith("：矛盾 9 处，无从核实 26 处，属实 62 处。")


def test_json_holds_every_claim_for_other_programs() -> None:
    claims = json.loads(call(str(PUBLISHED), "--json").stdout)

    assert [claim["verdict"] for claim in claims].count("contradicted") == 9
    assert claims[0] == {
        "subject": "发文字号",
        "stated": "信卫信息函〔2023〕4号",
        "verdict": "unsupported",
        "found": None,
        "places": ["第5行"],
        "note": "文中和现有数据中没有可供核对的依据",
    }


def test_with_a_period_our_published_figures_are_held_against_it(data_dir: Path) -> None:
    folder = data_dir / "publication" / "2023Q2"
    folder.mkdir(parents=True)
    decimals = {"completeness_pct": 2, "qualified_pct": 2, "score": 2}
    (folder / "attachment.json").write_bytes(json_bytes(compose_attachment(CITY, decimals)))

    (data_dir / "office").mkdir()
    (data_dir / "office" / "2023Q2.toml").write_text('number = "信卫信息函〔2023〕9号"', encoding="utf-8")

    found = call(str(PUBLISHED), "--period", "2023Q2").stdout

    assert "核对：4 家（本系统）" in found
    assert "核对：信卫信息函〔2023〕9号（本系统）" in found


@pytest.mark.parametrize(
    ("arguments", "error", "message"),
    [
        (["none.txt"], AuditError, "none.txt cannot be read"),
        ([str(PUBLISHED), "--period", "2023Q2"], AuditError, "run `xypipeline run 2023Q2` first"),
        ([str(PUBLISHED), "--period", "spring"], PeriodError, "'spring' is no quarter"),
    ],
)
def test_what_cannot_be_audited_is_answered_with_what_to_do(
    arguments: list[str], error: type[Exception], message: str
) -> None:
    with pytest.raises(error, match=message):
        call(*arguments)
