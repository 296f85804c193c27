"""What tells one content from another: SHA-256 of bytes and of folders, and the version of this program."""

import hashlib
import subprocess
from collections.abc import Mapping
from functools import cache
from importlib.metadata import version
from pathlib import Path

from xypipeline.settings import PROJECT_ROOT


def sha256_of(content: bytes) -> str:
    """In hexadecimal."""
    return hashlib.sha256(content).hexdigest()


def sha256_of_files(contents: Mapping[str, bytes]) -> str:
    """One fingerprint of several files: of their names and contents, in the names' order."""
    lines = [f"{sha256_of(contents[name])}  {name}\n" for name in sorted(contents)]
    return sha256_of("".join(lines).encode())


@cache
def code_version() -> dict[str, str | None]:
    """The package's version, and the commit where it runs from a git checkout (`-dirty`: with changes)."""
    return {"version": version("xypipeline"), "commit": _commit(PROJECT_ROOT)}


def _commit(root: Path) -> str | None:
    # Without this, an installation inside somebody else's checkout would name that one's commit.
    if not (root / ".git").exists():
        return None
    # The checkout may belong to another user than the one who runs it, and it is only read.
    git = ["git", "--no-optional-locks", "-c", f"safe.directory={root}", "-C", str(root)]
    describe = ["describe", "--always", "--dirty", "--exclude=*", "--abbrev=40"]
    try:
        done = subprocess.run([*git, *describe], capture_output=True, text=True, timeout=30, check=True)
    except (OSError, subprocess.SubprocessError):
        return None
    return done.stdout.strip()
