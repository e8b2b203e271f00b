"""Classes for programs that were written for managers in Python: what they ask for is done by Parallel Workflow."""

import atexit
import json
import subprocess
import threading
import time
from typing import Any, Callable, Dict, List, Mapping, Optional, Union

from . import _check, _cli, _tasks
from ._errors import BadRequest, TaskError
from ._schedule import schedule
from ._tasks import Path

StrategyCallback = Callable[[str], Any]

#: Longer than a task is given to end by itself before it is forced.
_ENDING_SECONDS = 15.0


class ClaudeParallelManager:
    """Queues tasks, and sees to it that somebody starts them."""

    def __init__(self, workspace: Optional[Path] = None) -> None:
        self.workspace = None if workspace is None else _check.absolute("`workspace`", workspace)
        #: What the machine's state asks of the scheduler, as last told: "normal", "conserve" or "critical".
        self.strategy = "normal"
        self._server: "Optional[subprocess.Popen[bytes]]" = None

    def start(self) -> None:
        """Sees to it that tasks are started until `stop()`, or until this program ends: by a window with the workspace, else by `parallel-workflow serve`."""
        if self._server is not None and self._server.poll() is None:
            return
        place = [] if self.workspace is None else [_check.folder("`workspace`", self.workspace)]
        # At the end of its input, which comes with that of this program, however that ends.
        self._server = subprocess.Popen([*_cli.command("serve"), "--quiet", "--until-input", *place], stdin=subprocess.PIPE)
        atexit.register(self.stop)

    def stop(self) -> None:
        """Starts nothing more from here. Tasks that run go on."""
        atexit.unregister(self.stop)
        server, self._server = self._server, None
        if server is not None:
            assert server.stdin is not None
            server.stdin.close()
            server.wait()

    def add_script_task(self, script_path: Path, priority: Union[None, float, str] = None, task_type: Optional[str] = None, **fields: Any) -> int:
        """As the function `add_script_task`."""
        return _tasks.add_script_task(script_path, priority, task_type, self.workspace, **fields)

    def queue_task(self, role: str, task: Mapping[str, Any]) -> int:
        """As the function `queue_task`."""
        return _tasks.queue_task(role, task, self.workspace)

    def wait(self, *tasks: int, timeout: Optional[float] = None) -> List[Dict[str, Any]]:
        """As the function `wait`."""
        return _tasks.wait(*tasks, timeout=timeout)

    def apply_resource_strategy(self, strategy: str) -> None:
        """Told of a change by a monitor. The engines go by it themselves; here it is kept for whoever asks `strategy`."""
        self.strategy = strategy


class ClaudeResourceMonitor:
    """Tells changes of the strategy: what the machine's state asks of the scheduler. The machine itself is watched by the engines."""

    def __init__(self, interval: float = 5.0, workspace: Optional[Path] = None) -> None:
        if not interval > 0:
            raise BadRequest(f"Expected `interval` to be a number of seconds > 0, got {interval!r}")
        self.interval = interval
        self.workspace = workspace
        self._stopped = threading.Event()
        self._thread: Optional[threading.Thread] = None

    def start(self, strategy_callback: Optional[StrategyCallback] = None) -> None:
        """Looks now and then, each `interval` seconds; `strategy_callback` is called with the strategy now and at each change, in a thread of its own."""
        if self._thread is not None:
            return
        self.usage()
        self._stopped.clear()
        self._thread = threading.Thread(target=self._watch, args=(strategy_callback,), name="parallel-workflow-monitor", daemon=True)
        self._thread.start()

    def stop(self) -> None:
        thread, self._thread = self._thread, None
        self._stopped.set()
        if thread is not None and thread is not threading.current_thread():
            thread.join()

    def usage(self) -> Dict[str, Any]:
        """The machine now: shares `cpu` and `memory` (0..1), bytes, rates; and `strategy`."""
        status = _tasks._ask("status", [], self.workspace)
        return {**status["machine"], "strategy": status["strategy"]["strategy"]}

    def _watch(self, callback: Optional[StrategyCallback]) -> None:
        told = None
        while not self._stopped.is_set():
            try:
                strategy = self.usage()["strategy"]
            except (TaskError, OSError, json.JSONDecodeError):
                # The next look may succeed.
                strategy = told
            if strategy is not None and strategy != told and callback is not None:
                callback(strategy)
            told = strategy
            self._stopped.wait(self.interval)


class ScheduledTask:
    """Kinds of schedules."""

    INTERVAL = "interval"
    DAILY = "daily"
    WEEKLY = "weekly"
    MONTHLY = "monthly"
    ONE_TIME = "one_time"


class ClaudeTaskScheduler:
    """Schedules tasks; they come due in a window with the workspace, or in `parallel-workflow serve`."""

    def __init__(self, workspace: Optional[Path] = None) -> None:
        self.workspace = workspace
        self._manager: Optional[ClaudeParallelManager] = None

    def start(self, claude_manager: Optional[ClaudeParallelManager] = None) -> None:
        """Sees to it that schedules come due and their tasks are started, by that manager or one of its own."""
        self._manager = claude_manager or self._manager or ClaudeParallelManager(self.workspace)
        self._manager.start()

    def stop(self) -> None:
        if self._manager is not None:
            self._manager.stop()

    def add_task(self, task_data: Mapping[str, Any], schedule_type: str, schedule_params: Mapping[str, Any]) -> int:
        """Schedules a script; returns the number of the schedule.

        `task_data` has `script_path`, and `args`, `name`, `task_type` and `priority` as far as you like. `schedule_params` has for an interval
        one of `seconds`, `minutes`, `hours` and `days`; `time` ("12:00") for a day; `day` or `days` and `time` for a week ("mon") and a month (31,
        "last"); `datetime` for one time; and `time_zone`, `missed` and `overlap` for any of them, as `schedule()` has them.
        """
        task = _check.mapping("`task_data`", task_data)
        words = {"name": task.pop("name", None), "type": task.pop("task_type", None), "priority": task.pop("priority", None)}
        script, args = task.pop("script_path", None), task.pop("args", ())
        params = _check.mapping("`schedule_params`", schedule_params)
        common = {name: params.pop(name) for name in ("time_zone", "missed", "overlap") if name in params}
        when = _when(schedule_type, params)
        left = [*task, *params]
        if script is None or left:
            raise BadRequest("Expected `script_path` in `task_data`" if script is None else f"Unknown fields of a schedule: {', '.join(f'`{name}`' for name in left)}")
        return schedule(script, *args, workspace=self.workspace, **words, **common, **when)


class ParallelExecutionManager(ClaudeParallelManager):
    """Roles: queues of tasks with a priority and a purpose."""

    def __init__(self, workspace: Optional[Path] = None) -> None:
        super().__init__(workspace)
        self._monitor = ClaudeResourceMonitor(workspace=self.workspace)

    def start_all_roles(self) -> None:
        """Opens the queues of all roles, and sees to it that their tasks are started."""
        self.start()
        _tasks.start_all_roles(self.workspace)

    def stop_all_roles(self) -> None:
        """Shuts the queues of all roles, cancels their tasks, and starts nothing more from here."""
        _tasks.stop_all_roles(self.workspace)
        # Who ends their tasks goes with `stop()`: it has the time to do so first.
        deadline = time.monotonic() + _ENDING_SECONDS
        while self._server is not None and self._server.poll() is None and time.monotonic() < deadline:
            if not any(role["counts"]["running"] for role in _tasks.roles(self.workspace)):
                break
            time.sleep(0.1)
        self._monitor.stop()
        self.stop()

    def start_role(self, name: str) -> None:
        self.start()
        _tasks.start_role(name, self.workspace)

    def stop_role(self, name: str) -> None:
        _tasks.stop_role(name, self.workspace)

    def start_monitoring(self) -> None:
        """Keeps `strategy` as the engines have it."""
        self._monitor.start(self.apply_resource_strategy)

    def stop_monitoring(self) -> None:
        self._monitor.stop()

    def _start_role_thread(self, role: str) -> None:
        self.start_role(role)


def _when(kind: str, params: Dict[str, Any]) -> Dict[str, Any]:
    """What `schedule()` is told; takes what it uses out of the parameters."""

    def take(name: str) -> Any:
        if name not in params:
            raise BadRequest(f"Expected `{name}` in the `schedule_params` of a schedule of type {kind!r}")
        return params.pop(name)

    if kind == ScheduledTask.INTERVAL:
        units = {"seconds": 1, "minutes": 60, "hours": 3600, "days": 86_400}
        seconds = sum(_check.seconds(f"`{name}`", params.pop(name)) * size for name, size in units.items() if name in params)
        return {"every": seconds or take("minutes")}
    if kind == ScheduledTask.DAILY:
        return {"daily": take("time")}
    if kind == ScheduledTask.WEEKLY:
        days = params.pop("days") if "days" in params else take("day")
        return {"weekly": ([days] if isinstance(days, str) else list(days), take("time"))}
    if kind == ScheduledTask.MONTHLY:
        return {"monthly": (take("day"), take("time"))}
    if kind == ScheduledTask.ONE_TIME:
        return {"once": take("datetime")}
    raise BadRequest(f"Expected `schedule_type` to be a constant of `ScheduledTask`, got {kind!r}")
