"""AutoGen 0.4 and later: an `AssistantAgent` whose only tools are those of the driver."""

from __future__ import annotations

import json
from typing import Any, Dict, List, Mapping, Optional

from autogen_agentchat.agents import AssistantAgent
from autogen_agentchat.messages import ModelClientStreamingChunkEvent, TextMessage, ToolCallSummaryMessage
from autogen_core import CancellationToken
from autogen_core.models import ModelFamily
from autogen_core.tools import BaseTool, ToolSchema
from autogen_ext.models.openai import OpenAIChatCompletionClient
from pydantic import BaseModel, ConfigDict

from agent_runner.assignment import Assignment
from agent_runner.driver import Driver


async def carry_out(driver: Driver, assignment: Assignment) -> Dict[str, Any]:
    client = _client(assignment)
    try:
        agent = AssistantAgent(
            "agent",
            model_client=client,
            tools=[_DriverTool(driver, face) for face in assignment.tools],
            system_message=assignment.system,
            model_client_stream=True,
        )
        earlier = assignment.earlier_state()
        if earlier is not None:
            await agent.load_state(earlier)
            await _keep(agent, driver, assignment)
        return await _converse(agent, driver, assignment)
    finally:
        await client.close()


async def _converse(agent: AssistantAgent, driver: Driver, assignment: Assignment) -> Dict[str, Any]:
    """Asks the model again and again, until it calls no more tools."""
    used = {"turns": 0, "input_tokens": 0, "output_tokens": 0}
    task: Optional[str] = assignment.prompt
    while assignment.max_turns is None or used["turns"] < assignment.max_turns:
        last = await _one_turn(agent, task, driver, used)
        used["turns"] += 1
        driver.tell("turn", **used)
        await _keep(agent, driver, assignment)
        if not isinstance(last, ToolCallSummaryMessage):
            return {"evidence": {"type": "completed"}, "answer": last.content if isinstance(last, TextMessage) else ""}
        task = None
    return {"evidence": {"type": "budget", "limit": "turns"}}


async def _one_turn(agent: AssistantAgent, task: Optional[str], driver: Driver, used: Dict[str, int]) -> Any:
    """One answer of the model, and the calls of tools that it asks for."""
    last: Any = None
    was_streamed = False
    async for message in agent.run_stream(task=task, cancellation_token=CancellationToken()):
        if isinstance(message, ModelClientStreamingChunkEvent):
            was_streamed = True
            driver.tell("text", text=message.content)
            continue
        if not hasattr(message, "source") or message.source == "user":
            continue
        driver.tell("event", event=message.model_dump(mode="json"))
        usage = message.models_usage
        if usage is not None:
            used["input_tokens"] += usage.prompt_tokens
            used["output_tokens"] += usage.completion_tokens
        if isinstance(message, TextMessage) and not was_streamed:
            driver.tell("text", text=message.content)
        last = message
    return last


async def _keep(agent: AssistantAgent, driver: Driver, assignment: Assignment) -> None:
    assignment.keep_state(await agent.save_state())
    driver.tell("session")


def _client(assignment: Assignment) -> OpenAIChatCompletionClient:
    options: Dict[str, Any] = {"model": assignment.model, "stream_options": {"include_usage": True}}
    if assignment.base_url is not None:
        options["base_url"] = assignment.base_url
    # Services on one's own machine want no key, the client does.
    options["api_key"] = assignment.key or "none"
    try:
        return OpenAIChatCompletionClient(**options)
    except ValueError:
        # A model that the client does not know; what it can do it then wants to be told.
        return OpenAIChatCompletionClient(
            **options,
            model_info={"vision": False, "function_calling": True, "json_output": True, "structured_output": False, "family": ModelFamily.UNKNOWN},
        )


class _Anything(BaseModel):
    """The driver checks what a tool is given."""

    model_config = ConfigDict(extra="allow")


class _DriverTool(BaseTool[_Anything, str]):
    """A tool that is called where the files are guarded."""

    def __init__(self, driver: Driver, face: Mapping[str, Any]) -> None:
        super().__init__(_Anything, str, face["name"], face["description"])
        self._driver = driver
        self._face = face

    @property
    def schema(self) -> ToolSchema:
        return {"name": self._face["name"], "description": self._face["description"], "parameters": self._face["parameters"], "strict": False}

    async def run(self, args: _Anything, cancellation_token: CancellationToken) -> str:
        text, is_error = await self._driver.call(self.name, args.model_dump())
        if is_error:
            raise ToolError(text)
        return text


class ToolError(Exception):
    """What a tool says when it fails."""
