import json
import os
import subprocess
import sys
import textwrap
import unittest
from email.utils import formatdate
from pathlib import Path

PYTHON = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(PYTHON))

from agent_runner.service_errors import evidence_of, free_again  # noqa: E402

NOW = 1_800_000_000.0
START = {"type": "start", "prompt": "Do it.", "system": "", "model": "m", "base_url": "http://127.0.0.1:1/v1", "key_variable": "NO_SUCH_KEY", "tools": [], "max_turns": 3, "state_file": "state.json"}


class Response:
    def __init__(self, **headers):
        self.headers = {name.replace("_", "-"): value for name, value in headers.items()}


class APIError(Exception):
    def __init__(self, status_code=None, response=None, code=None):
        super().__init__("prose that nobody reads")
        self.message = "prose"
        self.status_code = status_code
        self.response = response
        self.code = code


class APIConnectionError(APIError):
    pass


class APITimeoutError(APIConnectionError):
    pass


class Evidence(unittest.TestCase):
    def test_follows_from_types_and_statuses(self):
        kinds = [evidence_of(error)["type"] for error in (APIError(401), APIError(429), APIError(500), APIError(529), APIError(408), APITimeoutError(), APIError(404), APIError(400, code="content_filter"), ValueError("HTTP 429"))]
        self.assertEqual(kinds, ["notLoggedIn", "rateLimited", "overloaded", "overloaded", "overloaded", "unreachable", "failed", "refused", "crashed"])

    def test_is_found_behind_the_errors_of_libraries(self):
        try:
            try:
                raise APIError(503)
            except APIError as error:
                raise RuntimeError("the agent failed") from error
        except RuntimeError as error:
            self.assertEqual(evidence_of(error), {"type": "overloaded", "status": 503})

    def test_says_when_a_limit_ends(self):
        def until(**headers):
            return free_again(Response(**headers).headers, NOW)

        self.assertEqual(until(retry_after="30"), (NOW + 30) * 1000)
        self.assertEqual(until(retry_after_ms="1500", retry_after="2"), (NOW + 1.5) * 1000)
        self.assertEqual(until(retry_after=formatdate(NOW + 60, usegmt=True)), (NOW + 60) * 1000)
        used_up = {"x_ratelimit_remaining_requests": "0", "x_ratelimit_reset_requests": "6m0s", "x_ratelimit_remaining_tokens": "10", "x_ratelimit_reset_tokens": "1h"}
        self.assertEqual(until(**used_up), (NOW + 360) * 1000)
        self.assertIsNone(until())
        self.assertIsNone(until(retry_after="soon"))
        self.assertIsNone(evidence_of(APIError(429))["until"])


def program(carry_out):
    """The runner with a framework of the test's own in place of AutoGen."""
    return textwrap.dedent(
        """
        import asyncio, sys, types
        sys.path.insert(0, {path!r})
        from agent_runner import turn
        from agent_runner.flavours import Flavour
        {body}
        sys.modules["test_chat"] = types.SimpleNamespace(carry_out=carry_out)
        turn.installed_flavour = lambda: Flavour("Test", "1.0", "test_chat")
        turn.main()
        """
    ).format(path=str(PYTHON), body=textwrap.dedent(carry_out))


class Conversation(unittest.TestCase):
    def start(self, *argv):
        env = {**os.environ, "PYTHONDONTWRITEBYTECODE": "1"}
        child = subprocess.Popen([sys.executable, "-u", *argv], stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=env)
        self.addCleanup(child.__exit__, None, None, None)
        self.addCleanup(child.kill)
        return child

    def tell(self, child, message):
        child.stdin.write(json.dumps(message).encode() + b"\n")
        child.stdin.flush()

    def hear(self, child):
        return json.loads(child.stdout.readline())

    def test_calls_tools_and_ends(self):
        child = self.start("-c", program("""
async def carry_out(driver, assignment):
    print("a library that prints")
    first, second = await asyncio.gather(driver.call("read", {"n": 1}), driver.call("read", {"n": 2}))
    driver.tell("text", text="\\ud800 é")
    return {"evidence": {"type": "completed"}, "answer": f"{assignment.prompt} {first} {second}"}
"""))
        self.tell(child, START)
        self.assertEqual(self.hear(child), {"type": "ready", "flavour": "Test", "version": "1.0", "model": "m"})
        calls = [self.hear(child), self.hear(child)]
        self.assertEqual([call["input"] for call in calls], [{"n": 1}, {"n": 2}])
        # In whatever order they are answered.
        for call in reversed(calls):
            self.tell(child, {"type": "tool_result", "id": call["id"], "text": f"of {call['input']['n']}", "is_error": call["id"] == "2"})
        self.assertEqual(self.hear(child)["text"], "\ud800 é")
        self.assertEqual(self.hear(child), {"type": "end", "evidence": {"type": "completed"}, "answer": "Do it. ('of 1', False) ('of 2', True)"})
        self.assertEqual(child.wait(30), 0)
        self.assertIn(b"a library that prints", child.stderr.read())

    def test_ends_when_it_is_told_to_and_when_nobody_is_there_any_more(self):
        for leave in (lambda child: self.tell(child, {"type": "cancel"}), lambda child: child.stdin.close()):
            child = self.start("-c", program("""
async def carry_out(driver, assignment):
    await driver.call("wait", {})
"""))
            self.tell(child, START)
            self.assertEqual([self.hear(child)["type"], self.hear(child)["type"]], ["ready", "tool_call"])
            leave(child)
            self.assertEqual(self.hear(child), {"type": "end", "evidence": {"type": "crashed", "message": "it was ended"}})
            self.assertEqual(child.wait(30), 0)

    def test_tells_what_went_wrong(self):
        child = self.start("-c", program("""
async def carry_out(driver, assignment):
    raise KeyError("x")
"""))
        self.tell(child, START)
        self.hear(child)
        self.assertEqual(self.hear(child)["evidence"], {"type": "crashed", "message": "KeyError: 'x'"})

    def test_wants_a_key_where_no_service_is_named(self):
        child = self.start("-c", program("async def carry_out(driver, assignment): ..."))
        self.tell(child, {key: value for key, value in START.items() if key != "base_url"})
        self.assertEqual(self.hear(child), {"type": "end", "evidence": {"type": "notLoggedIn"}})

    def test_says_what_to_install(self):
        # Isolated, and without the modules of the site.
        child = self.start("-I", "-S", str(PYTHON / "agent_runner"))
        self.tell(child, START)
        self.assertEqual(self.hear(child)["evidence"], {"type": "notInstalled", "program": 'AutoGen (pip install autogen-agentchat "autogen-ext[openai]")'})


if __name__ == "__main__":
    unittest.main()
