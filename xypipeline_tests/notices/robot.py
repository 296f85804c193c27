"""A robot of a work chat on this machine: a real HTTP server that keeps what it is sent."""

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qsl, urlsplit

KEY = "a-key-that-is-a-password"
OK = (200, b'{"errcode": 0, "code": 0}')


class Robot(ThreadingHTTPServer):
    """Gives the `answers` in turn, then `OK`; `requests` has (path, query, body) of each."""

    def __init__(self, answers: list[tuple[int, bytes]]):
        super().__init__(("127.0.0.1", 0), _Handler)
        self.answers = list(answers)
        self.requests: list[tuple[str, dict[str, str], Any]] = []

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_port}/send?key={KEY}"

    @property
    def bodies(self) -> list[Any]:
        return [body for _, _, body in self.requests]


class _Handler(BaseHTTPRequestHandler):
    server: Robot

    def do_POST(self) -> None:  # noqa: N802 - the name that http.server calls
        address = urlsplit(self.path)
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        self.server.requests.append((address.path, dict(parse_qsl(address.query)), body))
        status, answer = self.server.answers.pop(0) if self.server.answers else OK
        self.send_response(status)
        if status == 302:
            self.send_header("Location", "/login")
        self.end_headers()
        self.wfile.write(answer)

    def log_message(self, *_: object) -> None:
        pass


@contextmanager
def running_robot(*answers: tuple[int, bytes]) -> Iterator[Robot]:
    robot = Robot(list(answers))
    thread = threading.Thread(target=robot.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield robot
    finally:
        robot.shutdown()
        thread.join()
        robot.server_close()
