import pytest

from xypipeline.periods import Quarter
from xypipeline.policy.policy import load_policy
from xypipeline.publication.figures import read_figures
from xypipeline.registry.institutions import current_registry
from xypipeline.standard.catalogue import current_catalogue
from xypipeline.warehouse import read_warehouse
from xypipeline_tests.end_to_end.installation import Installation
from xypipeline_tests.publication.explain.proof import must_be_proven

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("quarter")]


def test_every_figure_of_every_hospital_is_proven(messy: Installation) -> None:
    with read_warehouse(messy.data_dir / "warehouse.duckdb") as connection:
        figures = read_figures(connection, Quarter(2023, 2), load_policy(2023))
        must_be_proven(connection, figures, current_catalogue(), current_registry())
