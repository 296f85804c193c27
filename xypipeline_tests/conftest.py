from hypothesis import settings

from xypipeline.publication.processes import ALL

# Machines are shared: a slow draw is no failed property.
settings.register_profile("shared", deadline=None)
settings.load_profile("shared")


def pytest_sessionfinish() -> None:
    # By themselves they end with their parent; pytest would call each one still running.
    for process in ALL:
        process.end()
