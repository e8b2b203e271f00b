"""What callers give, checked before it becomes words of a command line; an error names the field and says what was expected."""

import os
from typing import Any, Dict, List, Mapping, Sequence

from ._errors import BadRequest


def path(field: str, value: Any) -> str:
    """As it was written; an empty one would mean the current folder."""
    text = os.fspath(value) if isinstance(value, (str, os.PathLike)) else None
    if not isinstance(text, str) or not text.strip():
        raise BadRequest(f"Expected {field} to be a path, got {value!r}")
    return text


def absolute(field: str, value: Any) -> str:
    return os.path.abspath(path(field, value))


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
    return str(value)


def mapping(field: str, value: Any) -> Dict[str, Any]:
    if not isinstance(value, Mapping):
        raise BadRequest(f"Expected {field} to be a mapping, got {value!r}")
    return dict(value)


def seconds(field: str, value: Any) -> float:
    if isinstance(value, bool) or not isinstance(value, (int, float)) or not value >= 0:
        raise BadRequest(f"Expected {field} to be a number of seconds >= 0, got {value!r}")
    return float(value)
