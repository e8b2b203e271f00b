import json
import subprocess
from typing import Any, Dict, List

from . import _cli
from ._errors import LockError


def locks(all_workspaces: bool = False) -> List[Dict[str, Any]]:
    """The files in use in the workspace of the current folder, or on the whole machine.

    Each has `path`, `glob` (of a claim such as `raw/*.csv`, else None), `holders`, `waiters` and `waiting` (how many wait).
    A holder or waiter has `type` ("task", "editor" or "program"), `id`, `name` (not an editor), `mode` ("read" or "write")
    and `since` (ISO 8601, in UTC).
    """
    words = [*_cli.command("locks"), "--json", *(["--all"] if all_workspaces else [])]
    done = subprocess.run(words, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    if done.returncode != 0:
        raise LockError(_cli.said(done.stderr, "locks", done.returncode))
    found: List[Dict[str, Any]] = json.loads(done.stdout)
    return found
