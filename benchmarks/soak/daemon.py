"""Dagster's daemon, `dagster-daemon` in all but how long its loops rest.

Its scheduler rests until the next full minute, its sensors and its queue for five seconds; under a clock that
jumps from one morning to the next that would be most of the soak. The workspace is loaded anew each minute,
here once a week. What they do when they look is untouched.
"""

from dagster._core.run_coordinator.queued_run_coordinator import QueuedRunCoordinator
from dagster._daemon import controller, sensor
from dagster._daemon.cli import main
from dagster._scheduler import scheduler

REST_SECONDS = 1
RELOAD_SECONDS = 7 * 86400

if __name__ == "__main__":
    scheduler._get_next_scheduler_iteration_time = lambda start: start + REST_SECONDS
    sensor.MIN_INTERVAL_LOOP_TIME = REST_SECONDS
    controller.RELOAD_WORKSPACE_INTERVAL = RELOAD_SECONDS
    QueuedRunCoordinator.dequeue_interval_seconds = property(lambda _: REST_SECONDS)
    main()
