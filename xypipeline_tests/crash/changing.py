"""Changes an upload at the moment at which a program opens it for the n-th time."""

import sys
from pathlib import Path


def change_while_read(path: str, how: str, opening: int) -> None:
    """Let the file grow, vanish or get another content just before it is opened for the `opening`-th time."""
    left = opening

    def at_open(event: str, arguments: tuple) -> None:
        nonlocal left
        if event == "open" and arguments[0] is not None and str(arguments[0]) == path:
            left -= 1
            if left == 0:
                change(Path(path), how)

    sys.addaudithook(at_open)


def change(path: Path, how: str) -> None:
    """What a hospital, or its network, may do to a file at any moment."""
    content = path.read_bytes()
    match how:
        case "grows":
            path.write_bytes(content + content.splitlines(keepends=True)[1].replace(b",K", b",L"))
        case "is cut":
            path.write_bytes(content[: len(content) // 2])
        case "vanishes":
            path.unlink()
        case "is replaced":
            part = path.with_name(f".{path.name}.part")
            part.write_bytes(content.replace(b",K", b",M"))
            part.replace(path)
