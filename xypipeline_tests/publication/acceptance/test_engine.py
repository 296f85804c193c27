import subprocess
import sys

LOADED = """
import sys
from xypipeline.publication.acceptance import engine
from great_expectations.expectations.core import expect_column_kl_divergence_to_be_less_than as divergence

names = ("altair", "scipy.stats")
print([name in sys.modules for name in names])
print(divergence.stats.entropy([1.0]) == 0.0, divergence.alt.Chart.__name__)
print([name in sys.modules for name in names])
"""


def test_what_is_seldom_used_is_loaded_when_it_is() -> None:
    # In a process of its own: in this one a test before may have loaded them.
    done = subprocess.run([sys.executable, "-c", LOADED], capture_output=True, text=True, check=True)

    assert done.stdout.splitlines() == ["[False, False]", "True Chart", "[True, True]"]
    assert done.stderr == ""


USED_AT_ONCE = """
import sys
from xypipeline.publication.acceptance import engine

sys.modules.pop("fractions", None)
with engine._loaded_when_used(("fractions",)):
    import fractions as held
    from fractions import Fraction
import fractions

print(held.Fraction is Fraction is fractions.Fraction, sys.modules["fractions"] is not held)
"""


def test_a_stand_in_gives_way_to_its_module() -> None:
    done = subprocess.run([sys.executable, "-c", USED_AT_ONCE], capture_output=True, text=True, check=True)

    assert done.stdout == "True True\n"
