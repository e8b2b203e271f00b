"""File locks shared with Parallel Workflow: its tasks, its editors, its command line.

    from parallel_workflow import lock

    with lock("data.json"):
        ...  # no task, no other lock and nobody's unsaved changes touch data.json meanwhile
"""

from ._cli import CliNotFound
from ._errors import LockError, LockLost, LockTimeout
from ._lock import Lock, lock
from ._locks import locks

__all__ = ["CliNotFound", "Lock", "LockError", "LockLost", "LockTimeout", "lock", "locks"]
