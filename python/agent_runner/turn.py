"""From the prompt to its end, whatever happens in between."""

from __future__ import annotations

import asyncio
import importlib
import os
import sys
from typing import Any, Dict

from agent_runner.assignment import Assignment
from agent_runner.driver import Driver
from agent_runner.flavours import installed_flavour
from agent_runner.service_errors import evidence_of

INSTALL = 'pip install autogen-agentchat "autogen-ext[openai]"'


def main() -> int:
    asyncio.run(_main())
    sys.stderr.flush()
    # A thread of a library that still waits for something must not keep the program.
    os._exit(0)


async def _main() -> None:
    driver = Driver()
    assignment = Assignment(await driver.started())
    work = asyncio.ensure_future(_carried_out(driver, assignment))
    unwanted = asyncio.ensure_future(driver.unwanted.wait())
    await asyncio.wait({work, unwanted}, return_when=asyncio.FIRST_COMPLETED)
    if not work.done():
        work.cancel()
        await asyncio.wait({work})
    ended = {"evidence": {"type": "crashed", "message": "it was ended"}} if work.cancelled() else work.result()
    driver.tell("end", **ended)


async def _carried_out(driver: Driver, assignment: Assignment) -> Dict[str, Any]:
    flavour = installed_flavour()
    if flavour is None:
        return {"evidence": {"type": "notInstalled", "program": f"AutoGen ({INSTALL})"}}
    if flavour.module is None:
        return {"evidence": {"type": "failed", "message": f"only AutoGen 0.4 or later can carry out prompts, and here is {flavour.name} {flavour.version}: {INSTALL}"}}
    try:
        carry_out = importlib.import_module(flavour.module).carry_out
    except ImportError as error:
        return {"evidence": {"type": "notInstalled", "program": f"{error.name or error} ({INSTALL})"}}
    if assignment.key is None and assignment.base_url is None:
        return {"evidence": {"type": "notLoggedIn"}}
    driver.tell("ready", flavour=flavour.name, version=flavour.version, model=assignment.model)
    try:
        return await carry_out(driver, assignment)
    except Exception as error:
        return {"evidence": evidence_of(error)}
