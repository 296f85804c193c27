"""What runs unless somebody decides otherwise: loopback only, closed files, no telemetry, no secrets."""

import re
import subprocess

import pytest
import yaml

from xypipeline.settings import PROJECT_ROOT, ui_address

UNITS = sorted((PROJECT_ROOT / "deploy" / "systemd").glob("*.service"))
SECRETS = ("XY_POSTGRES_PASSWORD", "XY_WEBHOOK_URL", "XY_WEBHOOK_SECRET", "XY_WAREHOUSE_KEY")


def dry_run(target: str) -> str:
    done = subprocess.run(
        ["make", "--dry-run", "--always-make", target],
        cwd=PROJECT_ROOT,
        env={"PATH": "/usr/bin:/bin"},
        capture_output=True,
        text=True,
        check=True,
    )
    return done.stdout.splitlines()[-1]


@pytest.mark.parametrize(("target", "read_only"), [("ui", False), ("ui-reader", True)])
def test_a_server_on_one_s_own_machine_listens_on_loopback(target: str, read_only: bool) -> None:
    command = dry_run(target)

    assert command.startswith("umask 077; ")
    assert " -h 127.0.0.1 -p 3000" in command
    assert command.endswith("--read-only") == read_only


def test_services_listen_on_loopback_and_write_for_their_account_alone() -> None:
    texts = {unit.name: unit.read_text(encoding="utf-8") for unit in UNITS}
    listening = {name: text for name, text in texts.items() if "--port" in text}

    assert len(listening) == 3
    assert [name for name, text in listening.items() if "--host 127.0.0.1 " not in text] == []
    assert [name for name, text in texts.items() if "\nUMask=0077\n" not in text] == []
    assert "--read-only" in texts["xypipeline-reader.service"]


def test_the_door_leads_to_loopback_only_and_asks_for_a_name() -> None:
    door = (PROJECT_ROOT / "deploy" / "nginx" / "xypipeline.conf").read_text(encoding="utf-8")
    ways = re.findall(r"location [^{]*\{([^}]*proxy_pass[^}]*)\}", door)

    assert len(ways) == 2
    assert all("auth_basic_user_file" in way and "proxy_pass http://127.0.0.1:" in way for way in ways)


@pytest.mark.parametrize("path", ["dagster.yaml", "deploy/dagster-postgres.yaml"])
def test_dagster_tells_nobody(path: str) -> None:
    config = yaml.safe_load((PROJECT_ROOT / path).read_text(encoding="utf-8"))

    assert (config["telemetry"], config["nux"]) == ({"enabled": False}, {"enabled": False})


def test_no_file_of_the_project_has_a_secret() -> None:
    listed = subprocess.run(
        ["git", "ls-files", "-z"], cwd=PROJECT_ROOT, capture_output=True, text=True, check=False
    ).stdout.split("\0")
    paths = [PROJECT_ROOT / name for name in listed if name] or sorted((PROJECT_ROOT / "deploy").rglob("*"))
    assigned = re.compile(rf"^\s*(?:export )?({'|'.join(SECRETS)})=[^\s$'\"{{].*", re.MULTILINE)
    texts = {
        path: path.read_text("utf-8", errors="ignore")
        for path in paths
        if path.is_file() and not path.is_relative_to(PROJECT_ROOT / "xypipeline_tests")
    }

    assert PROJECT_ROOT / "deploy" / "xypipeline.env" in texts
    assert {str(path): found[0] for path, text in texts.items() if (found := assigned.search(text))} == {}
    assert assigned.search("XY_WAREHOUSE_KEY=abc")


def test_links_lead_to_this_machine(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("XY_UI_URL", raising=False)

    assert ui_address() == "http://127.0.0.1:3000"
