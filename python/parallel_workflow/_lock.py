import json
import logging
import os
import subprocess
import sys
from types import TracebackType
from typing import Any, List, Optional, Set, Type, Union

from . import _check, _cli
from ._errors import BadRequest, LockError, LockLost, LockTimeout

Path = Union[str, "os.PathLike[str]"]

_GAVE_UP = 75
_log = logging.getLogger("parallel_workflow")


def lock(*files: Path, mode: str = "write", timeout: Optional[float] = None, name: Optional[str] = None) -> "Lock":
    """A context manager that has all the files, or none, for the time of its block.

    `files` are files, folders (with all below them) or globs such as `raw/**/*.csv`, relative to the current folder; they need
    not exist. With `mode="read"` they are shared with others that only read them. `timeout` is in seconds: `LockTimeout` is
    raised after it, at once with 0, never without. `name` is what others are shown.

    Inside a task of Parallel Workflow, or a command under `parallel-workflow lock`, what that holds already is not waited for.
    Otherwise a lock is not re-entrant: a second one on the same file inside the block waits for the first.

    Raises `LockTimeout`, `CliNotFound` or another `LockError` when the block begins, and `LockLost` when it ends.
    """
    if not files:
        raise BadRequest("Expected at least one file to lock")
    if mode not in ("read", "write"):
        raise BadRequest(f'Expected `mode` to be "read" or "write", got {mode!r}')
    words = ["--hold", f"--name={_own_name() if name is None or name == '' else _check.word('`name`', name)}"]
    if mode == "read":
        words.append("--read")
    if timeout is not None:
        words += ["--timeout", f"{_check.seconds('`timeout`', timeout):.3f}s"]
    return Lock([*words, *(_check.absolute("each of `files`", file) for file in files)])


class Lock:
    """Made by `lock()`. It may be used again once its block has ended, by one thread at a time."""

    def __init__(self, words: List[str]) -> None:
        self._words = words
        self._holder: "Optional[subprocess.Popen[bytes]]" = None

    def __enter__(self) -> "Lock":
        if self._holder is not None:
            raise RuntimeError("This lock is in use; make another one with `lock()`")
        # A session of its own: Ctrl-C is for this program, which still needs its files while it clears up.
        own_group: Any = {"creationflags": 0x200} if os.name == "nt" else {"start_new_session": True}
        holder = subprocess.Popen(
            [*_cli.command("lock"), *self._words], bufsize=0, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, **own_group
        )
        self._holder = holder
        _held.add(self)
        try:
            self._wait(holder)
        except BaseException:
            self._end()
            raise
        return self

    def __exit__(self, kind: Optional[Type[BaseException]], error: Optional[BaseException], trace: Optional[TracebackType]) -> None:
        holder = self._holder
        # In a process that was forked inside the block; the lock is its parent's.
        if holder is None:
            return
        said = self._end()
        if holder.returncode != 0 and kind is None:
            how = f": {said}" if said else f" (its process ended with {holder.returncode})"
            raise LockLost(f"The lock was lost inside the block{how}")

    def _wait(self, holder: "subprocess.Popen[bytes]") -> None:
        assert holder.stdout is not None and holder.stderr is not None
        for line in holder.stdout:
            told = json.loads(line)
            if told["state"] == "held":
                return
            _log.info(told["text"])
        said = holder.stderr.read().decode("utf-8", "replace").strip()
        code = holder.wait()
        said = said[len("error: ") :] if said.startswith("error: ") else said
        if code == _GAVE_UP:
            raise LockTimeout(said)
        raise LockError(said or f"`parallel-workflow lock` ended with {code}")

    def _end(self) -> str:
        """Gives the files back, or leaves the line; returns what the holding process had to say."""
        holder, self._holder = self._holder, None
        assert holder is not None and holder.stdin is not None and holder.stderr is not None
        _held.discard(self)
        try:
            # Not only the end of its input: a child forked by another thread may have that open for a moment more.
            holder.stdin.write(b"\n")
        except OSError:
            pass
        with holder:
            # Once it is gone, the files are free.
            return "" if holder.stderr.closed else holder.stderr.read().decode("utf-8", "replace").strip()

    def _forget(self) -> None:
        holder, self._holder = self._holder, None
        if holder is None:
            return
        for pipe in (holder.stdin, holder.stdout, holder.stderr):
            if pipe is not None:
                pipe.close()
        # It is no child of this process, and not to be asked about.
        holder.returncode = 0


_held: Set[Lock] = set()


def _forget_all() -> None:
    for each in list(_held):
        each._forget()
    _held.clear()


# A forked process does not hold what its parent held: it would keep the files when the parent is killed.
if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_forget_all)


def _own_name() -> str:
    program = os.path.basename(sys.argv[0]) if sys.argv else ""
    return f"python {program}".strip()
