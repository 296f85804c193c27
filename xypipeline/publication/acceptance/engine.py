"""Great Expectations, imported such that it keeps silent; it takes seconds, so import it late."""

import logging
import os
import warnings

# Read when it is imported: no usage statistics leave the house.
os.environ["GX_ANALYTICS_ENABLED"] = "false"
with warnings.catch_warnings():
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

__all__ = [
    "BatchDefinition",
    "Column",
    "DataContextConfig",
    "ExpectationValidationResult",
    "InMemoryStoreBackendDefaults",
    "gx",
    "gxe",
]
