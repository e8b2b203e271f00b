"""What the runner asks for."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any, Dict, List, Optional


class Assignment:
    """One prompt, and all that an agent needs to carry it out."""

    def __init__(self, told: Dict[str, Any]) -> None:
        self.prompt: str = told["prompt"]
        # Who the agent is and how it is to work.
        self.system: str = told["system"]
        self.model: str = told["model"]
        self.base_url: Optional[str] = told.get("base_url")
        # Each with `name`, `description` and `parameters`, a JSON schema.
        self.tools: List[Dict[str, Any]] = told["tools"]
        self.max_turns: Optional[int] = told.get("max_turns")
        self._key_variable: str = told["key_variable"]
        self._state_file = Path(told["state_file"])
        self._earlier_state: Optional[str] = told.get("earlier_state")

    @property
    def key(self) -> Optional[str]:
        """The service's key; only ever read from the environment."""
        return os.environ.get(self._key_variable) or None

    def earlier_state(self) -> Optional[Any]:
        """The conversation to go on with."""
        return None if self._earlier_state is None else json.loads(Path(self._earlier_state).read_text("utf-8"))

    def keep_state(self, state: Any) -> None:
        """At once or not at all, so that a conversation that is cut off can be gone on with."""
        new = self._state_file.with_suffix(".new")
        new.write_text(json.dumps(state), "utf-8")
        os.replace(new, self._state_file)
