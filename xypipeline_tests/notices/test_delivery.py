import base64
import hashlib
import hmac
import logging
import socket
import traceback

import pytest

from xypipeline.errors import NoticeError
from xypipeline.notices.delivery import deliver
from xypipeline.notices.notice import Notice
from xypipeline.settings import Webhook
from xypipeline_tests.notices.robot import KEY, running_robot

NOTICE = Notice(
    cause="G06",
    title="检查未通过：G06 值域合规",
    lines=("上传日：2023-04-05", "合计：3 处"),
    link="http://city.example/assets/validated/staff",
)
LINK = "[查看详情](http://city.example/assets/validated/staff)"
WECOM = {
    "msgtype": "markdown",
    "markdown": {"content": f"### {NOTICE.title}\n上传日：2023-04-05\n合计：3 处\n{LINK}"},
}
DINGTALK = {
    "msgtype": "markdown",
    "markdown": {
        "title": NOTICE.title,
        "text": f"### {NOTICE.title}\n\n上传日：2023-04-05\n\n合计：3 处\n\n{LINK}",
    },
}
FEISHU = {
    "msg_type": "post",
    "content": {
        "post": {
            "zh_cn": {
                "title": NOTICE.title,
                "content": [
                    [{"tag": "text", "text": "上传日：2023-04-05"}],
                    [{"tag": "text", "text": "合计：3 处"}],
                    [{"tag": "a", "text": "查看详情", "href": NOTICE.link}],
                ],
            }
        }
    },
}
GENERIC = {
    "cause": "G06",
    "title": NOTICE.title,
    "text": "上传日：2023-04-05\n合计：3 处",
    "link": NOTICE.link,
}
NOW = 1_700_000_000.9


def signature(key: str, message: str) -> str:
    return base64.b64encode(hmac.new(key.encode(), message.encode(), hashlib.sha256).digest()).decode()


@pytest.mark.parametrize(
    ("kind", "body"), [("wecom", WECOM), ("dingtalk", DINGTALK), ("feishu", FEISHU), ("json", GENERIC)]
)
def test_each_kind_of_robot_gets_its_own_form(kind: str, body: dict) -> None:
    with running_robot() as robot:
        deliver(NOTICE, Webhook(kind, robot.url))

    assert robot.requests == [("/send", {"key": KEY}, body)]


def test_dingtalk_is_signed_in_the_address() -> None:
    with running_robot() as robot:
        deliver(NOTICE, Webhook("dingtalk", robot.url, "SEC1"), clock=lambda: NOW)

    sign = signature("SEC1", "1700000000000\nSEC1")
    assert robot.requests == [("/send", {"key": KEY, "timestamp": "1700000000000", "sign": sign}, DINGTALK)]


def test_feishu_is_signed_in_the_body() -> None:
    with running_robot() as robot:
        deliver(NOTICE, Webhook("feishu", robot.url, "SEC1"), clock=lambda: NOW)

    sign = signature("1700000000\nSEC1", "")
    assert robot.bodies == [{"timestamp": "1700000000", "sign": sign, **FEISHU}]


@pytest.mark.parametrize(
    ("kind", "answer"),
    [
        ("json", (500, b"")),
        ("json", (503, b"")),
        ("json", (429, b"")),
        ("wecom", (200, b'{"errcode": 45009}')),
        ("dingtalk", (200, b'{"errcode": 130101}')),
        ("feishu", (200, b'{"code": 11232}')),
    ],
)
def test_who_is_busy_is_asked_again(kind: str, answer: tuple[int, bytes]) -> None:
    with running_robot(answer, answer) as robot:
        deliver(NOTICE, Webhook(kind, robot.url), pauses=(0, 0))

    assert len(robot.requests) == 3


def test_patience_ends() -> None:
    with (
        running_robot(*[(500, b"")] * 3) as robot,
        pytest.raises(NoticeError, match="did not take the notice: HTTP 500"),
    ):
        deliver(NOTICE, Webhook("json", robot.url), pauses=(0, 0))

    assert len(robot.requests) == 3


@pytest.mark.parametrize(
    ("kind", "answer", "message"),
    [
        ("json", (404, b""), "the json robot refused the notice: HTTP 404"),
        ("json", (302, b""), "the json robot refused the notice: HTTP 302"),
        ("wecom", (200, b'{"errcode": 93000}'), "the wecom robot refused the notice: errcode 93000"),
        ("dingtalk", (200, b'{"errcode": 310000}'), "the dingtalk robot refused the notice: errcode 310000"),
        ("feishu", (200, b'{"code": 19021}'), "the feishu robot refused the notice: code 19021"),
        ("wecom", (200, b"<html>"), "what answered is no wecom robot; see XY_WEBHOOK_URL"),
        ("feishu", (200, b"[]"), "what answered is no feishu robot; see XY_WEBHOOK_URL"),
    ],
)
def test_who_refuses_is_not_asked_again(kind: str, answer: tuple[int, bytes], message: str) -> None:
    with running_robot(answer) as robot, pytest.raises(NoticeError) as refused:
        deliver(NOTICE, Webhook(kind, robot.url), pauses=(0, 0))

    assert (str(refused.value), len(robot.requests)) == (message, 1)


def test_silence_ends_after_the_timeout() -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:
        webhook = Webhook("json", f"http://127.0.0.1:{silent.getsockname()[1]}/")
        with pytest.raises(NoticeError, match="no answer"):
            deliver(NOTICE, webhook, timeout=0.05, pauses=())


@pytest.mark.parametrize("url", ["http://127.0.0.1:1/{}", "http://127.0.0.1:1/\n{}"])
def test_the_address_is_told_nowhere(url: str, caplog: pytest.LogCaptureFixture) -> None:
    webhook = Webhook("wecom", url.format(KEY), "a-secret")
    with caplog.at_level(logging.DEBUG), pytest.raises(NoticeError) as failed:
        deliver(NOTICE, webhook, pauses=(0,))

    told = "".join(traceback.format_exception(failed.value)) + caplog.text + repr(webhook)
    assert KEY not in told
    assert "a-secret" not in told
