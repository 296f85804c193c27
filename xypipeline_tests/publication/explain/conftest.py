from collections.abc import Iterator

import pytest

from xypipeline_tests.publication.explain.installation import Scored, deliver_examples, score


@pytest.fixture(scope="package")
def scored(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Scored]:
    landing_dir = tmp_path_factory.mktemp("landing")
    deliver_examples(landing_dir)
    scored = score(landing_dir)
    yield scored
    scored.connection.close()
