"""The form of a notice in each work chat: request body, and signature where the robot asks for one."""

import base64
import hashlib
import hmac
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from urllib.parse import urlencode

from xypipeline.harmless import without_markup
from xypipeline.notices.notice import Notice
from xypipeline.settings import Webhook

Body = dict[str, object]


@dataclass(frozen=True)
class Channel:
    """How one kind of robot is spoken to."""

    body: Callable[[Notice], Body]
    sign: Callable[[str, int], tuple[Mapping[str, str], Mapping[str, str]]]
    """Of secret and Unix time: what joins the address as query, and what joins the body."""
    code_field: str | None
    """Where the answer has the robot's own verdict, 0 when it took the message; None: the status says it."""
    busy_codes: frozenset[int] = frozenset()
    """Verdicts that mean: too many messages, try again."""


def request_of(notice: Notice, webhook: Webhook, now: int) -> tuple[str, Body]:
    """The address and body that deliver a notice; `now` in seconds, for the signature."""
    channel = CHANNELS[webhook.kind]
    query, fields = channel.sign(webhook.secret, now) if webhook.secret else ({}, {})
    separator = "&" if "?" in webhook.url else "?"
    url = f"{webhook.url}{separator}{urlencode(query)}" if query else webhook.url
    return url, {**fields, **channel.body(notice)}


def _markdown(notice: Notice) -> str:
    # A single line break is none in Markdown.
    text = without_markup(notice.text).replace("\n", "\n\n")
    return f"### {without_markup(notice.title)}\n\n{text}\n\n[查看详情]({notice.link})"


def _wecom(notice: Notice) -> Body:
    content = f"### {without_markup(notice.title)}\n{without_markup(notice.text)}\n[查看详情]({notice.link})"
    return {"msgtype": "markdown", "markdown": {"content": content}}


def _dingtalk(notice: Notice) -> Body:
    return {"msgtype": "markdown", "markdown": {"title": notice.title, "text": _markdown(notice)}}


def _feishu(notice: Notice) -> Body:
    lines = [[{"tag": "text", "text": line}] for line in notice.text.splitlines()]
    lines.append([{"tag": "a", "text": "查看详情", "href": notice.link}])
    post = {"zh_cn": {"title": notice.title, "content": lines}}
    return {"msg_type": "post", "content": {"post": post}}


def _generic(notice: Notice) -> Body:
    return {"cause": notice.cause, "title": notice.title, "text": notice.text, "link": notice.link}


def _unsigned(secret: str, now: int) -> tuple[dict[str, str], dict[str, str]]:
    return {}, {}


def _sign_dingtalk(secret: str, now: int) -> tuple[dict[str, str], dict[str, str]]:
    timestamp = str(now * 1000)
    return {"timestamp": timestamp, "sign": _hmac(secret, f"{timestamp}\n{secret}")}, {}


def _sign_feishu(secret: str, now: int) -> tuple[dict[str, str], dict[str, str]]:
    # Feishu signs an empty message, with time and secret as the key.
    return {}, {"timestamp": str(now), "sign": _hmac(f"{now}\n{secret}", "")}


def _hmac(key: str, message: str) -> str:
    return base64.b64encode(hmac.new(key.encode(), message.encode(), hashlib.sha256).digest()).decode()


CHANNELS: Mapping[str, Channel] = {
    "wecom": Channel(_wecom, _unsigned, "errcode", frozenset({-1, 45009})),
    "dingtalk": Channel(_dingtalk, _sign_dingtalk, "errcode", frozenset({-1, 130101})),
    "feishu": Channel(_feishu, _sign_feishu, "code", frozenset({9499, 11232})),
    "json": Channel(_generic, _unsigned, None),
}
