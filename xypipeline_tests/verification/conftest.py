from xypipeline_tests.publication.editions.conftest import drafted, published, quarter

__all__ = ["drafted", "published", "quarter"]
