"""What callers give, checked before it becomes words of a command line; an error names the field and says what was expected."""

import math
import os
from typing import Any, Dict, List, Mapping, Sequence

from ._errors import BadRequest


#: The command line takes numbers of so many digits.
_MOST = 10**15 - 1


def text(field: str, value: str) -> str:
    """One that another program can be told."""
    if "\0" in value:
        raise BadRequest(f"Expected {field} to be without NUL characters, got {value!r}")
    try:
        value.encode("utf-8")
    except UnicodeEncodeError:
        raise BadRequest(f"Expected {field} to be of characters that UTF-8 has, without lone surrogates, got {value!r}") from None
    return value


def path(field: str, value: Any) -> str:
    """As it was written; an empty one would mean the current folder."""
    written = os.fspath(value) if isinstance(value, (str, os.PathLike)) else None
    if not isinstance(written, str) or not written.strip():
        raise BadRequest(f"Expected {field} to be a path, got {value!r}")
    return text(field, written)


def absolute(field: str, value: Any) -> str:
    return os.path.abspath(path(field, value))


def script(field: str, value: Any) -> str:
    """Absolute, so that no name looks like an option."""
    file = absolute(field, value)
    if os.path.isdir(file):
        raise BadRequest(f"Expected {field} to be a file, got the folder {value!r}")
    return file


def folder(field: str, value: Any) -> str:
    place = absolute(field, value)
    if not os.path.isdir(place):
        raise BadRequest(f"Expected {field} to be a folder that is there, got {value!r}")
    return place


def items(field: str, value: Any, what: str) -> Sequence[Any]:
    if isinstance(value, (str, bytes)) or not isinstance(value, Sequence):
        raise BadRequest(f"Expected {field} to be a list of {what}, got {value!r}")
    return value


def words(field: str, value: Any) -> List[str]:
    return [word(f"{field[:-1]}[{index}]`", each) for index, each in enumerate(items(field, value, "words"))]


def word(field: str, value: Any) -> str:
    if isinstance(value, os.PathLike):
        return path(field, value)
    if isinstance(value, bool) or not isinstance(value, (str, int, float)):
        raise BadRequest(f"Expected {field} to be a text or a number, got {value!r}")
    return text(field, str(value))


def program(field: str, value: Any) -> List[str]:
    """The words of a command, the program first."""
    found = words(field, value)
    if not found or not found[0].strip():
        raise BadRequest(f"Expected {field} to begin with a program, got {value!r}")
    return found


def name(field: str, value: Any) -> str:
    """One that cannot be taken for an option."""
    found = word(field, value)
    if not found.strip() or found.startswith("-"):
        raise BadRequest(f"Expected {field} to be a name that does not begin with `-`, got {value!r}")
    return found


def number(field: str, value: Any) -> str:
    if isinstance(value, bool) or not isinstance(value, int) or not 1 <= value <= _MOST:
        raise BadRequest(f"Expected {field} to be a whole number >= 1, got {value!r}")
    return str(value)


def mapping(field: str, value: Any) -> Dict[str, Any]:
    if not isinstance(value, Mapping):
        raise BadRequest(f"Expected {field} to be a mapping, got {value!r}")
    return dict(value)


def seconds(field: str, value: Any) -> float:
    if isinstance(value, bool) or not isinstance(value, (int, float)) or not 0 <= value < math.inf:
        raise BadRequest(f"Expected {field} to be a number of seconds >= 0, got {value!r}")
    return float(value)
