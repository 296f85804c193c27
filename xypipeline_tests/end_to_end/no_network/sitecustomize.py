"""Python runs this at its start: every attempt to reach another machine is put on record, and fails."""

import os
import socket
import sys
from pathlib import Path

_TRIES = ("socket.connect", "socket.sendto", "socket.sendmsg", "socket.getaddrinfo", "socket.gethostbyname")


def refuse(event: str, arguments: tuple[object, ...]) -> None:
    """Local sockets are no network; names and addresses are."""
    if event not in _TRIES or getattr(arguments[0], "family", None) == socket.AF_UNIX:
        return
    with Path(os.environ["TRIES_LOG"]).open("a", encoding="utf-8") as log:
        log.write(f"{event} {arguments[1:] if event.startswith('socket.s') else arguments}\n")
    raise OSError("no network here")


sys.addaudithook(refuse)
