import json
import os
import subprocess
from datetime import datetime, time, timedelta
from types import MappingProxyType
from typing import Any, Dict, List, Mapping, Optional, Sequence, Tuple, Union

from . import _check, _cli
from ._errors import BadRequest, ScheduleError

Path = Union[str, "os.PathLike[str]"]
Clock = Union[str, time]
Moment = Union[str, datetime]


def schedule(
    script: Optional[Path] = None,
    *args: str,
    command: Sequence[str] = (),
    every: Union[None, float, str, timedelta] = None,
    starting: Optional[Moment] = None,
    daily: Optional[Clock] = None,
    weekly: Union[None, str, Tuple[Sequence[str], Clock]] = None,
    monthly: Union[None, str, Tuple[Union[int, str], Clock]] = None,
    once: Optional[Moment] = None,
    cron: Optional[str] = None,
    time_zone: Optional[str] = None,
    missed: Optional[str] = None,
    overlap: Optional[str] = None,
    paused: bool = False,
    name: Optional[str] = None,
    type: Optional[str] = None,
    priority: Union[None, float, str] = None,
    workspace: Optional[Path] = None,
) -> int:
    """Has a script with its arguments, or a `command`, queued each time it comes due; returns the number of the schedule.

    Just one of these says when: `every` (seconds, `"15m"` or a timedelta of elapsed time, counted from `starting`, else from now),
    `daily` (`"08:30"` or a time), `weekly` (`"mon,fri 08:30"` or `(["mon", "fri"], "08:30")`), `monthly` (`"31 08:30"`, `"last 08:30"` or
    `(31, "08:30")`; where a month has no such day, its last), `once` (`"2030-01-31T08:30"` or a datetime) or `cron` (`"30 8 * * 1-5"`). Times
    are by the clocks of `time_zone`, an IANA name, else by those of the machine; a datetime with an offset means its own.

    `missed` says what becomes of times that pass while nothing runs: "skip", "once" (the default) or "all". `overlap` says what becomes of
    a time that comes while the last run goes on: "skip" (the default), "queue" or "replace".

    What comes due is queued by a VS Code window with the workspace, or by `parallel-workflow serve`.

    Raises `BadRequest`, a `ScheduleError` and a `ValueError`, that names what is wrong as it was written here, `CliNotFound` without the program `parallel-workflow`.
    """
    if (script is None) == (not command):
        raise BadRequest("Expected a script, or a `command`")
    options = {
        "every": _span(every),
        "starting": _moment(starting),
        "daily": _clock(daily),
        "weekly": _pair("weekly", weekly),
        "monthly": _pair("monthly", monthly),
        "once": _moment(once),
        "cron": cron,
        "time-zone": time_zone,
        "missed": missed,
        "overlap": overlap,
        "name": name,
        "type": type,
        "priority": priority,
    }
    fields = {option: f"`{option.replace('-', '_')}`" for option in options}
    words = [f"--{option}={_check.word(fields[option], value)}" for option, value in options.items() if value is not None]
    if paused:
        words.append("--paused")
    said_as = {"--arg": "`args`", **{f"--{option}": field for option, field in fields.items()}}
    if script is not None:
        words.append(_check.script("`script`", script))
        said_as[words[-1]] = "`script`"
    tail = [*(_check.program("`command`", command) if command else []), *_check.words("`args`", args)]
    added = _ask(["add", *words], workspace, ["--", *tail] if tail else [], said_as)
    number: int = added[0]["id"]
    return number


def schedules(workspace: Optional[Path] = None, all_workspaces: bool = False) -> List[Dict[str, Any]]:
    """The schedules of the workspace, by default that of the current folder, or of the whole machine.

    Each has `id`, `name`, `state` ("due", "paused", "untrusted" or "over"), `nextAt` (ISO 8601 in UTC, or None), `rule`,
    `timeZone`, `missed`, `overlap`, `served` (whether somebody is there who would run it) and `runs`, the latest first, each with `dueAt`,
    `state` ("queued", "waiting", "skipped" or "refused"), `progress` ("succeeded", "failed", ...) and `tasks`.
    """
    return _ask(["list", *(["--all"] if all_workspaces else [])], workspace)


def unschedule(number: int) -> None:
    """Takes a schedule away; tasks that it queued stay."""
    _ask(["remove", _check.number("`number`", number)], None)


def _ask(words: List[str], workspace: Optional[Path], tail: Sequence[str] = (), said_as: Mapping[str, str] = MappingProxyType({})) -> List[Dict[str, Any]]:
    place = [] if workspace is None else [f"--workspace={_check.folder('`workspace`', workspace)}"]
    program = [*_cli.command("schedules"), *place, "--json", *words, *tail]
    done = subprocess.run(program, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    if done.returncode != 0:
        raise _cli.refusal(_cli.said(done.stderr, "schedules", done.returncode), said_as, ScheduleError)
    found: List[Dict[str, Any]] = json.loads(done.stdout)["schedules"]
    return found


def _span(value: Union[None, float, str, timedelta]) -> Union[None, float, str]:
    return value.total_seconds() if isinstance(value, timedelta) else value


def _moment(value: Optional[Moment]) -> Optional[str]:
    return value.isoformat(timespec="seconds") if isinstance(value, datetime) else value


def _clock(value: Optional[Clock]) -> Optional[str]:
    return value.strftime("%H:%M") if isinstance(value, time) else value


def _pair(field: str, value: Union[None, str, Tuple[Any, Clock]]) -> Optional[str]:
    if value is None or isinstance(value, str):
        return value
    if not isinstance(value, (tuple, list)) or len(value) != 2:
        raise BadRequest(f"Expected `{field}` to be a text or a pair of days and a time, got {value!r}")
    days, at = value
    listed = days if isinstance(days, (str, int)) else ",".join(_check.words(f"`{field}`", days))
    return f"{listed} {_clock(at)}"
