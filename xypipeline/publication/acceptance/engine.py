"""Great Expectations, imported such that it keeps silent; it takes seconds, so a process apart does it."""

import gc
import logging
import os
import sys
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module
from types import ModuleType

from xypipeline.loaded import spare_loaded

# For expectations on distributions, of which we have none: half of its time to load.
_SELDOM_USED = ("altair", "scipy.stats")


@contextmanager
def _loaded_when_used(names: tuple[str, ...]) -> Iterator[None]:
    """Give whoever imports one of these modules inside a stand-in; the module is loaded if that is used."""
    stand_ins = [_stand_in(name) for name in names if name not in sys.modules]
    sys.modules.update({one.__name__: one for one in stand_ins})
    try:
        yield
    finally:
        for one in stand_ins:
            _withdraw(one)


def _stand_in(name: str) -> ModuleType:
    module = ModuleType(name)

    def load(attribute: str) -> object:
        _withdraw(module)
        return getattr(import_module(name), attribute)

    module.__getattr__ = load
    return module


def _withdraw(stand_in: ModuleType) -> None:
    if sys.modules.get(stand_in.__name__) is stand_in:
        del sys.modules[stand_in.__name__]


@contextmanager
def _nothing_collected() -> Iterator[None]:
    # What is being loaded stays: to search hundreds of thousands of objects for garbage again and again
    # finds none.
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()


# Read when it is imported: no usage statistics leave the house.
os.environ["GX_ANALYTICS_ENABLED"] = "false"
with warnings.catch_warnings(), _nothing_collected(), _loaded_when_used(_SELDOM_USED):
    # It still imports a module of the standard library that is on its way out.
    warnings.filterwarnings("ignore", message="module 'sre_", category=DeprecationWarning)
    import great_expectations as gx
    import great_expectations.expectations as gxe
    from great_expectations.core import ExpectationValidationResult
    from great_expectations.core.batch_definition import BatchDefinition
    from great_expectations.data_context.types.base import (
        DataContextConfig,
        InMemoryStoreBackendDefaults,
    )
    from great_expectations.expectations.row_conditions import Column

# It tells of each decimal that it shortens in a result; messages take their values from the frame.
logging.getLogger("great_expectations").setLevel(logging.ERROR)
spare_loaded()

__all__ = [
    "BatchDefinition",
    "Column",
    "DataContextConfig",
    "ExpectationValidationResult",
    "InMemoryStoreBackendDefaults",
    "gx",
    "gxe",
]
