from hypothesis import settings

from xypipeline.publication.processes import ACCEPT, DRAW, WRITE_BULLETIN

# Machines are shared: a slow draw is no failed property.
settings.register_profile("shared", deadline=None)
settings.load_profile("shared")


def pytest_sessionfinish() -> None:
    # By themselves they end with their parent; pytest would call each one still running.
    for process in (ACCEPT, DRAW, WRITE_BULLETIN):
        process.end()
