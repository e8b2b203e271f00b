import json
import os
import signal
import subprocess
from datetime import datetime
from types import MappingProxyType
from typing import Any, Callable, Dict, List, Mapping, Optional, Sequence, Tuple, Union

from . import _check, _cli
from ._errors import BadRequest, TaskError, TaskTimeout

Path = Union[str, "os.PathLike[str]"]

#: The words of a command line that a field stands for, from the field as its caller wrote it and its value.
_Words = Callable[[str, Any], List[str]]

_OLDER_NAMES = {"script_path": "script", "task_type": "type", "agent_id": "agent"}


def queue_task(role: str, task: Mapping[str, Any], workspace: Optional[Path] = None) -> int:
    """Queues a task to a role, such as "agent_simulations"; returns its number.

    `task` says what to do: a `script` (or `script_path`) with its `args`, a `command` (a list), or a `prompt` for an agent. And, as far as you like: `name`,
    `priority` (lower runs first; or "high", "normal", "low"), `files` that it writes (or `{"path": ..., "mode": "read"}`), `agent_id` (or
    `agent`), `task_type` (or `type`), `tags`, `cwd`, `env`, `after` (numbers of tasks), `timeout`, `retries`, `cpu`, `memory`,
    `memory_limit`, `start_at`, `interactive`. Paths are relative to the current folder, whose workspace it is queued in.

    Raises `BadRequest`, a `TaskError` and a `ValueError`, that names the field that is wrong as it was written here, and queues nothing then; `CliNotFound`
    without the program.
    """
    return _submit({**_check.mapping("`task`", task), "role": role}, workspace)


def add_script_task(
    script_path: Path,
    priority: Union[None, float, str] = None,
    task_type: Optional[str] = None,
    workspace: Optional[Path] = None,
    **fields: Any,
) -> int:
    """Queues a script; returns the number of its task. `fields` are those of a task of `queue_task`. Raises as that does."""
    return _submit({"script_path": script_path, "priority": priority, "task_type": task_type, **fields}, workspace)


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
    given = {"context": context or None, "files": files or None}
    return _submit({"prompt": prompt, "agent": agent, **given, **fields}, workspace)


def wait(*tasks: int, timeout: Optional[float] = None) -> List[Dict[str, Any]]:
    """Waits until these tasks have finished, and starts what waits where no window or `parallel-workflow serve` does.

    Returns the tasks in the order of their numbers as given, each with `id`, `name`, `outcome` (its `type` is "succeeded", "failed", ...),
    `asExpected`, `role`, `type`, `priority`, and `run` with `exitCode`, `wallMs`, `cpuMs`, `peakMemory` and the `folder` of its logs.
    `timeout` is in seconds: `TaskTimeout` is raised after it, and the tasks go on.
    """
    if not tasks:
        raise BadRequest("Expected the number of at least one task to wait for")
    numbers = [_check.number("each of `tasks`", task) for task in tasks]
    if timeout is not None:
        timeout = _check.seconds("`timeout`", timeout)
    program = subprocess.Popen(
        [*_cli.command("wait"), "--json", *numbers], stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    )
    try:
        output, errors = program.communicate(timeout=timeout)
    except BaseException as error:
        # It leaves; the tasks go on.
        program.send_signal(signal.SIGTERM)
        program.communicate()
        if isinstance(error, subprocess.TimeoutExpired):
            names = ", ".join(f"#{task}" for task in tasks)
            raise TaskTimeout(f"{f'Task {names} had not' if len(tasks) == 1 else f'Not all of the tasks {names} had'} finished after {timeout:g} s") from None
        raise
    # The exit code also tells whether all ended as expected, which their outcomes say.
    if not output.strip():
        raise TaskError(_cli.said(errors, "wait", program.returncode))
    found = {each["id"]: each for each in json.loads(output)["tasks"]}
    return [found[task] for task in tasks]


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
    _roles(["start", _check.name("`name`", name)], workspace)


def pause_role(name: str, workspace: Optional[Path] = None) -> None:
    """Tasks of the role that run go on, nothing new starts."""
    _roles(["pause", _check.name("`name`", name)], workspace)


def stop_role(name: str, workspace: Optional[Path] = None) -> None:
    """Shuts the queue of a role and cancels its tasks."""
    _roles(["stop", _check.name("`name`", name)], workspace)


def _submit(task: Mapping[str, Any], workspace: Optional[Path]) -> int:
    fields: Dict[str, Tuple[str, Any]] = {}
    for written, value in task.items():
        name = _OLDER_NAMES.get(written, written)
        if value is None:
            continue
        if name in fields:
            raise BadRequest(f"Expected {fields[name][0]} or `{written}` of a task, not both")
        fields[name] = (f"`{written}`", value)
    if len(fields.keys() & {"script", "command", "prompt"}) != 1:
        raise BadRequest("Expected a task to have a `script`, a `command` or a `prompt`, one of them")
    words: List[str] = []
    tail: List[str] = []
    said_as: Dict[str, str] = {}
    for name in sorted(fields, key=lambda each: each == "args"):
        field, value = fields[name]
        if name in ("command", "args"):
            tail += (_check.program if name == "command" else _check.words)(field, value)
            said_as["--arg"] = field
            continue
        words_of = _WRITTEN.get(name)
        if words_of is None:
            known = ", ".join(f"`{each}`" for each in sorted(["command", "args", *_OLDER_NAMES, *_WRITTEN]))
            raise BadRequest(f"Unknown field {field} of a task; known are {known}")
        written_words = words_of(field, value)
        words += written_words
        # An option goes by its name, and a path, which may have a `=` of its own, as a whole.
        said_as.update({word.split("=", 1)[0] if word.startswith("--") else word: field for word in written_words})
    answer = _ask("submit", words, workspace, tail, said_as)
    number: int = answer["tasks"][0]
    return number


def _roles(words: List[str], workspace: Optional[Path]) -> List[Dict[str, Any]]:
    found: List[Dict[str, Any]] = _ask("roles", words, workspace)["roles"]
    return found


def _ask(name: str, words: List[str], workspace: Optional[Path], tail: Sequence[str] = (), said_as: Mapping[str, str] = MappingProxyType({})) -> Dict[str, Any]:
    place = [] if workspace is None else [f"--workspace={_check.folder('`workspace`', workspace)}"]
    program = [*_cli.command(name), *place, "--json", *words, *(["--", *tail] if tail else [])]
    done = subprocess.run(program, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    if done.returncode != 0:
        raise _cli.refusal(_cli.said(done.stderr, name, done.returncode), said_as, TaskError)
    answer: Dict[str, Any] = json.loads(done.stdout)
    return answer


def _option(name: str) -> _Words:
    return lambda field, value: [f"--{name}={_check.word(field, value)}"]


def _each(option: str, what: str) -> _Words:
    return lambda field, value: [f"--{option}={_check.word(f'each of {field}', each)}" for each in _check.items(field, value, what)]


def _script(field: str, file: Any) -> List[str]:
    return [_check.script(field, file)]


def _env(field: str, variables: Any) -> List[str]:
    words = []
    for name, value in _check.mapping(field, variables).items():
        if not isinstance(name, str) or name == "" or "=" in name:
            raise BadRequest(f"Expected the names in {field} to be texts without `=`, got {name!r}")
        _check.text(f"the names in {field}", name)
        words.append(f"--env={name}={_check.word(f'{field} of {name}', value)}")
    return words


def _claims(field: str, files: Any) -> List[str]:
    return [f"--file={_claim(f'{field[:-1]}[{index}]`', file)}" for index, file in enumerate(_check.items(field, files, "paths"))]


def _claim(field: str, file: Any) -> str:
    if not isinstance(file, Mapping):
        return f"write:{_check.path(field, file)}"
    mode = file.get("mode", "write")
    if mode not in ("read", "write") or not set(file) <= {"path", "mode"}:
        raise BadRequest(f'Expected {field} to be a path, or {{"path": ..., "mode": "read"}} (or "write"), got {file!r}')
    return f"{mode}:{_check.path(f'the path of {field}', file.get('path'))}"


def _start_at(field: str, value: Any) -> List[str]:
    return [f"--start-at={value.isoformat(timespec='seconds') if isinstance(value, datetime) else _check.word(field, value)}"]


def _interactive(field: str, value: Any) -> List[str]:
    if not isinstance(value, bool):
        raise BadRequest(f"Expected {field} to be True or False, got {value!r}")
    return ["--interactive"] if value else []


_WRITTEN: Dict[str, _Words] = {
    "script": _script,
    **{name: _option(name) for name in ("role", "name", "type", "agent", "priority", "cwd", "timeout", "retries", "cpu", "memory")},
    "memory_limit": _option("memory-limit"),
    "start_at": _start_at,
    "env": _env,
    "after": _each("after", "numbers of tasks"),
    "tags": _each("tag", "words"),
    "files": _claims,
    "interactive": _interactive,
    **{name: _option(name) for name in ("prompt", "model", "handover", "follows")},
    "context": _each("context", "words"),
    "max_turns": _option("max-turns"),
    "max_cost": _option("max-cost"),
}
