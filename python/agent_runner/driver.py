"""The other end of the pipes: Parallel Workflow's runner, which has the tools, the files and the log."""

from __future__ import annotations

import asyncio
import json
import os
import sys
import threading
from typing import Any, BinaryIO, Dict, Tuple


class Driver:
    """To be made inside a running event loop."""

    def __init__(self) -> None:
        self._loop = asyncio.get_running_loop()
        self._output = _own_output()
        self._start: asyncio.Future[Dict[str, Any]] = self._loop.create_future()
        self._results: Dict[str, asyncio.Future[Tuple[str, bool]]] = {}
        self._calls = 0
        # Set when nobody wants the answer any more.
        self.unwanted = asyncio.Event()
        # A thread: pipes cannot be waited for together with sockets on every system.
        threading.Thread(target=self._read, name="driver", daemon=True).start()

    async def started(self) -> Dict[str, Any]:
        """What is to be done."""
        return await self._start

    def tell(self, kind: str, **fields: Any) -> None:
        # In ASCII, since a lone surrogate, which a model may well write, has no bytes of its own.
        self._output.write(json.dumps({"type": kind, **fields}, default=str).encode("ascii") + b"\n")
        self._output.flush()

    async def call(self, name: str, arguments: Any) -> Tuple[str, bool]:
        """Has a tool called; returns what it said, and whether that is an error."""
        self._calls += 1
        call = str(self._calls)
        result = self._results[call] = self._loop.create_future()
        self.tell("tool_call", id=call, name=name, input=arguments)
        try:
            return await result
        finally:
            del self._results[call]

    def _read(self) -> None:
        for line in sys.stdin.buffer:
            self._loop.call_soon_threadsafe(self._take, json.loads(line))
        self._loop.call_soon_threadsafe(self.unwanted.set)

    def _take(self, told: Dict[str, Any]) -> None:
        kind = told["type"]
        if kind == "start" and not self._start.done():
            self._start.set_result(told)
        elif kind == "tool_result":
            result = self._results.get(told["id"])
            if result is not None and not result.done():
                result.set_result((told["text"], told["is_error"]))
        elif kind == "cancel":
            self.unwanted.set()


def _own_output() -> BinaryIO:
    """Standard output for ourselves alone: what libraries print there goes where errors go."""
    sys.stdout.flush()
    own = os.dup(1)
    os.dup2(2, 1)
    return os.fdopen(own, "wb")
