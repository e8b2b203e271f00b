import json
import os
import re
import shutil
from typing import List, Mapping, Optional, Type

from ._errors import BadRequest, LockError

_WAY_OUT = (
    "Put `parallel-workflow` on the PATH (`npm link` in the folder of Parallel Workflow), "
    "or set PARALLEL_WORKFLOW_CLI to its `dist/cli.js`."
)


class CliNotFound(LockError):
    """The program `parallel-workflow` is not there; the message says how to get it."""


def command(name: str) -> List[str]:
    """The words that start a command, whose messages are plain text."""
    return [*_program(), name, "--no-color"]


def said(errors: bytes, name: str, code: int) -> str:
    """What the program had to say when it refused; what it noted before that is no part of it."""
    text = errors.decode("utf-8", "replace").strip()
    last = text.rpartition("\n")[2]
    if last.startswith('{"error":'):
        message: str = json.loads(last)["error"]["message"]
        return message
    return text or f"`parallel-workflow {name}` ended with {code}"


def refusal(text: str, said_as: Mapping[str, str], otherwise: Type[Exception]) -> Exception:
    """The error for a refusal: of its caller's request when it names words, each of which stands for a field, by which it is told then."""
    names = "|".join(re.escape(word) for word in said_as)

    def told(found: "re.Match[str]") -> str:
        before, in_front, inside = found.groups()
        return said_as.get(inside, found[0]) if inside else f"{before}{said_as[in_front]}: "

    of_fields = re.sub(r"`tasks\[0\]\.", "`", text)
    if said_as:
        of_fields = re.sub(rf"^( *)({names}): |`(--[a-z-]+)`", told, of_fields, flags=re.MULTILINE)
    return otherwise(text) if of_fields == text else BadRequest(of_fields)


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
