"""Delivers notices over HTTP, with patience; the robot's address is a password and never in a message."""

import json
import time
from collections.abc import Callable, Sequence
from http.client import HTTPException
from urllib.error import HTTPError, URLError
from urllib.request import HTTPRedirectHandler, Request, build_opener

from xypipeline.errors import NoticeError
from xypipeline.notices.channels import CHANNELS, request_of
from xypipeline.notices.notice import Notice
from xypipeline.settings import Webhook

TIMEOUT_SECONDS = 5.0
PAUSES_SECONDS = (0.5, 2.0)
_TOO_MANY_REQUESTS = 429
_MOST_ANSWER_BYTES = 10_000


class _BusyError(Exception):
    """The other side could not just now; its text says what it answered."""


class _NoRedirect(HTTPRedirectHandler):
    """A robot does not redirect; a login page does, and would seem to have taken the message."""

    def redirect_request(self, *_: object) -> None:
        return None


def deliver(
    notice: Notice,
    webhook: Webhook,
    *,
    timeout: float = TIMEOUT_SECONDS,
    pauses: Sequence[float] = PAUSES_SECONDS,
    clock: Callable[[], float] = time.time,
) -> None:
    """Send one notice; where the other side fails or is busy, again after each of `pauses` (seconds).

    Raises:
        NoticeError: it did not arrive; the text names the kind of robot and its answer, not its address.
    """
    for pause in (*pauses, None):
        try:
            return _post(notice, webhook, timeout, int(clock()))
        except _BusyError as busy:
            if pause is None:
                raise NoticeError(f"the {webhook.kind} robot did not take the notice: {busy}") from None
            time.sleep(pause)
    return None


def _post(notice: Notice, webhook: Webhook, timeout: float, now: int) -> None:
    url, body = request_of(notice, webhook, now)
    data = json.dumps(body, ensure_ascii=False).encode()
    request = Request(url, data, {"Content-Type": "application/json; charset=utf-8"}, method="POST")
    try:
        with build_opener(_NoRedirect).open(request, timeout=timeout) as response:
            answer = response.read(_MOST_ANSWER_BYTES)
    except HTTPError as error:
        error.close()
        if error.code >= 500 or error.code == _TOO_MANY_REQUESTS:
            raise _BusyError(f"HTTP {error.code}") from None
        raise NoticeError(f"the {webhook.kind} robot refused the notice: HTTP {error.code}") from None
    except (URLError, HTTPException, OSError) as error:
        cause = getattr(error, "reason", error)
        raise _BusyError(f"no answer ({type(cause).__name__})") from None
    _judge(answer, webhook)


def _judge(answer: bytes, webhook: Webhook) -> None:
    channel = CHANNELS[webhook.kind]
    if channel.code_field is None:
        return
    try:
        code = int(json.loads(answer)[channel.code_field])
    except (ValueError, KeyError, TypeError):
        raise NoticeError(f"what answered is no {webhook.kind} robot; see XY_WEBHOOK_URL") from None
    if code in channel.busy_codes:
        raise _BusyError(f"{channel.code_field} {code}")
    if code:
        raise NoticeError(f"the {webhook.kind} robot refused the notice: {channel.code_field} {code}")
