import pytest

from xypipeline.errors import NoticeError
from xypipeline.notices.channels import CHANNELS
from xypipeline.settings import WEBHOOK_KINDS, Webhook, load_webhook, ui_address


@pytest.fixture(autouse=True)
def _nothing_set(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("XY_WEBHOOK_URL", "XY_WEBHOOK_KIND", "XY_WEBHOOK_SECRET", "XY_UI_URL"):
        monkeypatch.delenv(name, raising=False)


def test_unset_there_is_no_webhook() -> None:
    assert load_webhook() is None
    assert ui_address() == "http://127.0.0.1:3000"


def test_what_is_set_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XY_WEBHOOK_URL", "https://robot.example/1")
    assert load_webhook() == Webhook("json", "https://robot.example/1")

    monkeypatch.setenv("XY_WEBHOOK_KIND", "feishu")
    monkeypatch.setenv("XY_WEBHOOK_SECRET", "s")
    monkeypatch.setenv("XY_UI_URL", "https://dagster.example/")
    assert load_webhook() == Webhook("feishu", "https://robot.example/1", "s")
    assert ui_address() == "https://dagster.example"


@pytest.mark.parametrize(
    ("url", "kind"),
    [
        ("https://robot.example/1", "wechat"),
        ("file:///etc/passwd", "json"),
        ("key", "json"),
        ("https://[", "json"),
    ],
)
def test_a_wrong_setting_is_refused(url: str, kind: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XY_WEBHOOK_URL", url)
    monkeypatch.setenv("XY_WEBHOOK_KIND", kind)
    with pytest.raises(NoticeError, match="XY_WEBHOOK_"):
        load_webhook()


def test_each_kind_has_a_channel() -> None:
    assert set(CHANNELS) == set(WEBHOOK_KINDS)
