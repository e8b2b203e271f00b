"""File locks shared with Parallel Workflow: its tasks, its editors, its command line.

    from parallel_workflow import lock

    with lock("data.json"):
        ...  # no task, no other lock and nobody's unsaved changes touch data.json meanwhile
"""

from ._cli import CliNotFound
from ._errors import LockError, LockLost, LockTimeout, ScheduleError
from ._lock import Lock, lock
from ._locks import locks
from ._schedule import schedule, schedules, unschedule

__all__ = ["CliNotFound", "Lock", "LockError", "LockLost", "LockTimeout", "ScheduleError", "lock", "locks", "schedule", "schedules", "unschedule"]
