"""Tasks, roles, schedules and file locks of Parallel Workflow, as its windows and its command line have them.

    from parallel_workflow import lock, queue_task, wait

    task = queue_task("agent_simulations", {"script": "simulation.py", "agent_id": "AI_Agent_1", "files": ["data.json"]})
    (ended,) = wait(task)

    with lock("data.json"):
        ...  # no task, no other lock and nobody's unsaved changes touch data.json meanwhile
"""

from ._cli import CliNotFound
from ._errors import BadRequest, LockError, LockLost, LockTimeout, ScheduleError, TaskError, TaskTimeout
from ._lock import Lock, lock
from ._locks import locks
from ._managers import ClaudeParallelManager, ClaudeResourceMonitor, ClaudeTaskScheduler, ParallelExecutionManager, ScheduledTask
from ._schedule import schedule, schedules, unschedule
from ._tasks import add_script_task, pause_role, queue_prompt, queue_task, roles, start_all_roles, start_role, stop_all_roles, stop_role, wait

__all__ = [
    "BadRequest",
    "ClaudeParallelManager",
    "ClaudeResourceMonitor",
    "ClaudeTaskScheduler",
    "CliNotFound",
    "Lock",
    "LockError",
    "LockLost",
    "LockTimeout",
    "ParallelExecutionManager",
    "ScheduleError",
    "ScheduledTask",
    "TaskError",
    "TaskTimeout",
    "add_script_task",
    "lock",
    "locks",
    "pause_role",
    "queue_prompt",
    "queue_task",
    "roles",
    "schedule",
    "schedules",
    "start_all_roles",
    "start_role",
    "stop_all_roles",
    "stop_role",
    "unschedule",
    "wait",
]
