import json
import os
import signal
import subprocess
from datetime import datetime
from typing import Any, Callable, Dict, List, Mapping, Optional, Sequence, Union

from . import _cli
from ._errors import TaskError, TaskTimeout

Path = Union[str, "os.PathLike[str]"]

_OLDER_NAMES = {"script_path": "script", "task_type": "type", "agent_id": "agent"}


def queue_task(role: str, task: Mapping[str, Any], workspace: Optional[Path] = None) -> int:
    """Queues a task to a role, such as "agent_simulations"; returns its number.

    `task` says what to do: a `script` (or `script_path`) with its `args`, a `command` (a list), or a `prompt` for an agent. And, as far as you like: `name`,
    `priority` (lower runs first; or "high", "normal", "low"), `files` that it writes (or `{"path": ..., "mode": "read"}`), `agent_id` (or
    `agent`), `task_type` (or `type`), `cwd`, `env`, `after` (numbers of tasks), `timeout`, `retries`, `cpu`, `memory`, `memory_limit`,
    `start_at`. Paths are relative to the current folder, whose workspace it is queued in.

    Raises `TaskError` that names what is wrong, `ValueError` for a field that nobody knows, `CliNotFound` without the program.
    """
    return _submit({**task, "role": role}, workspace)


def add_script_task(
    script_path: Path,
    priority: Union[None, float, str] = None,
    task_type: Optional[str] = None,
    workspace: Optional[Path] = None,
    **fields: Any,
) -> int:
    """Queues a script; returns the number of its task. `fields` are those of a task of `queue_task`. Raises as that does."""
    return _submit({"script": script_path, "priority": priority, "type": task_type, **fields}, workspace)


def queue_prompt(
    prompt: str,
    agent: str = "auto",
    context: Sequence[Path] = (),
    files: Sequence[Any] = (),
    workspace: Optional[Path] = None,
    **fields: Any,
) -> int:
    """Queues what an agent is to do; returns the number of its task.

    `agent` is "auto", "claude", "autogen" or "vscode". `context` are files and folders that it is given to read first, and that nobody
    writes meanwhile; `files` those that it changes, and that nobody else touches. `fields` are those of a task of `queue_task`, and
    `model`, `handover` ("allow" or "never"), `max_turns`, `max_cost` (US dollars) and `follows` (the number of an earlier prompt, whose
    conversation it goes on with). Raises as `queue_task` does.
    """
    given = {"context": list(context) or None, "files": list(files) or None}
    return _submit({"prompt": prompt, "agent": agent, **given, **fields}, workspace)


def wait(*tasks: int, timeout: Optional[float] = None) -> List[Dict[str, Any]]:
    """Waits until these tasks have finished, and starts what waits where no window or `parallel-workflow serve` does.

    Returns the tasks in the order of their numbers as given, each with `id`, `name`, `outcome` (its `type` is "succeeded", "failed", ...),
    `asExpected`, `role`, `type`, `priority`, and `run` with `exitCode`, `wallMs`, `cpuMs`, `peakMemory` and the `folder` of its logs.
    `timeout` is in seconds: `TaskTimeout` is raised after it, and the tasks go on.
    """
    if not tasks:
        raise ValueError("Expected the number of at least one task to wait for")
    program = subprocess.Popen(
        [*_cli.command("wait"), "--json", *(str(int(task)) for task in tasks)], stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    )
    try:
        output, errors = program.communicate(timeout=timeout)
    except BaseException as error:
        # It leaves; the tasks go on.
        program.send_signal(signal.SIGTERM)
        program.communicate()
        if isinstance(error, subprocess.TimeoutExpired):
            raise TaskTimeout(f"Not all of the tasks {', '.join(f'#{task}' for task in tasks)} had finished after {timeout:g} s") from None
        raise
    # The exit code also tells whether all ended as expected, which their outcomes say.
    if not output.strip():
        raise TaskError(_said(errors, "wait", program.returncode))
    found = {each["id"]: each for each in json.loads(output)["tasks"]}
    return [found[int(task)] for task in tasks]


def roles(workspace: Optional[Path] = None) -> List[Dict[str, Any]]:
    """The roles, the most urgent first. Each has `name`, `label`, `purpose`, `priority`, `state` ("running", "paused", "stopped" or "givesWay") and `counts`."""
    found: List[Dict[str, Any]] = _roles(["list"], workspace)
    return found


def start_all_roles(workspace: Optional[Path] = None) -> None:
    """Opens the queues of all roles that are enabled."""
    _roles(["start", "--all"], workspace)


def stop_all_roles(workspace: Optional[Path] = None) -> None:
    """Shuts the queues of all roles and cancels their tasks."""
    _roles(["stop", "--all"], workspace)


def start_role(name: str, workspace: Optional[Path] = None) -> None:
    """Opens the queue of a role. Raises `TaskError` when there is none of that name."""
    _roles(["start", name], workspace)


def pause_role(name: str, workspace: Optional[Path] = None) -> None:
    """Tasks of the role that run go on, nothing new starts."""
    _roles(["pause", name], workspace)


def stop_role(name: str, workspace: Optional[Path] = None) -> None:
    """Shuts the queue of a role and cancels its tasks."""
    _roles(["stop", name], workspace)


def _submit(task: Mapping[str, Any], workspace: Optional[Path]) -> int:
    words: List[str] = []
    fields = {_OLDER_NAMES.get(name, name): value for name, value in task.items() if value is not None}
    script, command, args = fields.pop("script", None), fields.pop("command", None), fields.pop("args", ())
    if [script, command, fields.get("prompt")].count(None) != 2:
        raise ValueError("Expected a task to have a `script`, a `command` or a `prompt`, one of them")
    for name, value in fields.items():
        written = _WRITTEN.get(name)
        if written is None:
            known = ", ".join(f"`{each}`" for each in sorted(["script", "command", "args", *_OLDER_NAMES, *_WRITTEN]))
            raise ValueError(f"Unknown field `{name}` of a task; known are {known}")
        words += written(value)
    if script is not None:
        words.append(os.fspath(script))
    tail = [*([] if command is None else _words("command", command)), *_words("args", args)]
    answer = _ask("submit", words, workspace, tail)
    number: int = answer["tasks"][0]
    return number


def _roles(words: List[str], workspace: Optional[Path]) -> List[Dict[str, Any]]:
    found: List[Dict[str, Any]] = _ask("roles", words, workspace)["roles"]
    return found


def _ask(name: str, words: List[str], workspace: Optional[Path], tail: Sequence[str] = ()) -> Dict[str, Any]:
    place = [] if workspace is None else [f"--workspace={os.path.abspath(os.fspath(workspace))}"]
    program = [*_cli.command(name), *place, "--json", *words, *(["--", *tail] if tail else [])]
    done = subprocess.run(program, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    if done.returncode != 0:
        raise TaskError(_said(done.stderr, name, done.returncode))
    answer: Dict[str, Any] = json.loads(done.stdout)
    return answer


def _said(errors: bytes, name: str, code: int) -> str:
    said = errors.decode("utf-8", "replace").strip()
    said = said[len("error: ") :] if said.startswith("error: ") else said
    return said or f"`parallel-workflow {name}` ended with {code}"


def _words(name: str, value: Any) -> List[str]:
    if isinstance(value, (str, bytes)) or not isinstance(value, Sequence):
        raise ValueError(f"Expected `{name}` to be a list of words, got {value!r}")
    return [os.fspath(each) if hasattr(each, "__fspath__") else str(each) for each in value]


def _option(name: str) -> Callable[[Any], List[str]]:
    return lambda value: [f"--{name}={os.fspath(value) if hasattr(value, '__fspath__') else value}"]


def _claims(files: Any) -> List[str]:
    if isinstance(files, (str, bytes)) or not isinstance(files, Sequence):
        raise ValueError(f"Expected `files` to be a list of paths, got {files!r}")
    return [f"--file={each['mode']}:{os.fspath(each['path'])}" if isinstance(each, Mapping) else f"--file=write:{os.fspath(each)}" for each in files]


_WRITTEN: Dict[str, Callable[[Any], List[str]]] = {
    **{name: _option(name) for name in ("role", "name", "type", "agent", "priority", "cwd", "timeout", "retries", "cpu", "memory")},
    "memory_limit": _option("memory-limit"),
    "start_at": lambda value: [f"--start-at={value.isoformat(timespec='seconds') if isinstance(value, datetime) else value}"],
    "env": lambda value: [f"--env={name}={text}" for name, text in value.items()],
    "after": lambda value: [f"--after={task}" for task in value],
    "files": _claims,
    "interactive": lambda value: ["--interactive"] if value else [],
    **{name: _option(name) for name in ("prompt", "model", "handover", "follows")},
    "context": lambda value: [f"--context={each}" for each in _words("context", value)],
    "max_turns": _option("max-turns"),
    "max_cost": _option("max-cost"),
}
