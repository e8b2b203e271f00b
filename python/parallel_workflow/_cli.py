import os
import shutil
from typing import List, Optional

from ._errors import LockError

_WAY_OUT = (
    "Put `parallel-workflow` on the PATH (`npm link` in the folder of Parallel Workflow), "
    "or set PARALLEL_WORKFLOW_CLI to its `dist/cli.js`."
)


class CliNotFound(LockError):
    """The program `parallel-workflow` is not there; the message says how to get it."""


def command(name: str) -> List[str]:
    """The words that start a command, whose messages are plain text."""
    return [*_program(), name, "--no-color"]


def _program() -> List[str]:
    given = os.environ.get("PARALLEL_WORKFLOW_CLI")
    program = _existing(given) if given else shutil.which("parallel-workflow")
    if program is None:
        raise CliNotFound(
            f"PARALLEL_WORKFLOW_CLI is `{given}`, which is not there. {_WAY_OUT}"
            if given
            else f"There is no program `parallel-workflow`. {_WAY_OUT}"
        )
    if not program.endswith((".js", ".mjs", ".ts")):
        return [program]
    node = shutil.which("node")
    if node is None:
        raise CliNotFound(f"`{program}` needs Node, which is not on the PATH. Install it from https://nodejs.org.")
    return [node, program]


def _existing(program: str) -> Optional[str]:
    return os.path.abspath(program) if os.path.isfile(program) else shutil.which(program)
