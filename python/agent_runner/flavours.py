"""Which of several products of the name AutoGen is installed here."""

from __future__ import annotations

import importlib.metadata
import importlib.util
from typing import NamedTuple, Optional


class Flavour(NamedTuple):
    name: str
    version: str
    # Module of this package that speaks with it; none when there is nothing of ours for it.
    module: Optional[str]


_FLAVOURS = (
    ("AutoGen 0.4+", "autogen_agentchat", ("autogen-agentchat",), "agent_runner.autogen_chat"),
    ("Agent Framework", "agent_framework", ("agent-framework-core", "agent-framework"), None),
    ("AG2", "autogen", ("ag2", "autogen", "pyautogen"), None),
)


def installed_flavour() -> Optional[Flavour]:
    """The best of those that are there; nothing of it is imported."""
    for name, module, distributions, ours in _FLAVOURS:
        if importlib.util.find_spec(module) is not None:
            return Flavour(name, _version(distributions), ours)
    return None


def _version(distributions: "tuple[str, ...]") -> str:
    for distribution in distributions:
        try:
            return importlib.metadata.version(distribution)
        except importlib.metadata.PackageNotFoundError:
            pass
    return "unknown"
