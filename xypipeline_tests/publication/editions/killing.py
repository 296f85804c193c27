"""Kills what writes to the disk just before its n-th step."""

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest


class KilledError(BaseException):
    """Like a kill: nothing that handles exceptions handles it."""


@contextmanager
def killed_before_step(step: int) -> Iterator[None]:
    """Let the first steps happen and none after; each call that changes the disk is a step."""
    left = step

    def counted(call: Callable) -> Callable:
        def run(*arguments: object, **options: object) -> object:
            nonlocal left
            left -= 1
            if left <= 0:
                raise KilledError
            return call(*arguments, **options)

        return run

    with pytest.MonkeyPatch.context() as patch:
        for name in ("replace", "rename", "unlink", "rmdir", "mkdir", "chmod", "fsync"):
            patch.setattr(os, name, counted(getattr(os, name)))
        yield
