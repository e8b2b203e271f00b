"""Against the real command line, in a workspace and a state folder of its own; started by test/engines/python-module.test.ts."""

import json
import os
import subprocess
import sys
import tempfile
import time
import unittest
from pathlib import Path
from typing import Any, Dict, List

from parallel_workflow import (
    BadRequest,
    ClaudeParallelManager,
    ClaudeResourceMonitor,
    ClaudeTaskScheduler,
    CliNotFound,
    ScheduledTask,
    TaskError,
    TaskTimeout,
    add_script_task,
    pause_role,
    queue_prompt,
    queue_task,
    roles,
    schedules,
    start_all_roles,
    start_role,
    stop_all_roles,
    stop_role,
    wait,
)
from parallel_workflow import _cli

PATIENCE = 60
EXAMPLES = Path(__file__).parent / "examples"

STARTER = """
import sys
from parallel_workflow import ClaudeParallelManager
manager = ClaudeParallelManager()
manager.start()
print(manager._server.pid, flush=True)
sys.stdin.readline()
"""


class TaskTest(unittest.TestCase):
    def setUp(self) -> None:
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = Path(os.path.realpath(folder.name)) / "lab"
        self.folder.mkdir()
        before = os.getcwd()
        os.chdir(self.folder)
        self.addCleanup(os.chdir, before)
        os.mkdir(".git")
        os.environ["PARALLEL_WORKFLOW_HOME"] = str(self.folder.parent / "state")
        for name in ("script.py", "model.py", "simulation.py"):
            (self.folder / name).write_text("import sys\nprint('works on', *sys.argv[1:])\n")
        (self.folder / "waits.py").write_text("import pathlib, time\nwhile not pathlib.Path('gate').exists():\n    time.sleep(0.05)\n")

    def shown(self, task: int) -> Dict[str, Any]:
        found: Dict[str, Any] = json.loads(subprocess.check_output([*_cli.command("show"), "--json", str(task)]))
        return found

    def tasks(self) -> List[Dict[str, Any]]:
        found: List[Dict[str, Any]] = json.loads(subprocess.check_output([*_cli.command("list"), "--json"]))["tasks"]
        return sorted(found, key=lambda task: int(task["id"]))

    def until(self, what: str, look: Any) -> Any:
        deadline = time.monotonic() + PATIENCE
        while time.monotonic() < deadline:
            found = look()
            if found:
                return found
            time.sleep(0.1)
        raise AssertionError(f"Waited {PATIENCE} s in vain for {what}")

    def example(self, name: str, **names: Any) -> Dict[str, Any]:
        """Runs an example with its placeholders for paths in this folder; `names` are those it goes on with."""
        text = (EXAMPLES / name).read_text().replace("/path/to/your/", f"{self.folder}/").replace("/path/to/", f"{self.folder}/")
        exec(compile(text, name, "exec"), names)
        for each in names.values():
            if hasattr(each, "stop") and not isinstance(each, type):
                self.addCleanup(each.stop)
        return names

    def test_the_example_that_starts_everything_runs_its_script(self) -> None:
        names = self.example("starting.py")
        (ended,) = wait(names["task_id"], timeout=PATIENCE)
        self.assertEqual((ended["outcome"]["type"], ended["priority"], ended["type"], ended["name"]), ("succeeded", 3, "simulation", "script.py"))
        self.assertIn(names["manager"].strategy, ("normal", "conserve", "critical"))

    def test_the_example_of_schedules_has_its_script_come_due_each_noon(self) -> None:
        self.example("scheduling.py", manager=ClaudeParallelManager())
        self.until("somebody to serve it", lambda: schedules()[0]["served"])
        (found,) = schedules()
        self.assertEqual((found["name"], found["rule"], found["state"]), ("script.py", {"type": "daily", "time": 720}, "due"))
        self.assertEqual(found["request"]["tasks"], [{"type": "utility", "priority": 5, "script": str(self.folder / "script.py")}])

    def test_the_example_of_roles_queues_its_task_and_stops_all_of_them(self) -> None:
        self.example("roles.py")
        (task,) = self.tasks()
        self.assertEqual((task["name"], task["role"], task["priority"]), ("Assess model.py", "script_assessment", 1))
        self.assertEqual({role["state"] for role in roles()}, {"stopped"})
        ended = self.until("its end", lambda: self.shown(task["id"])["status"] == "finished" and self.shown(task["id"]))
        # It may have been faster than the order to stop.
        self.assertIn(ended["outcome"]["type"], ("cancelled", "succeeded"))

    def test_the_example_of_some_roles_starts_just_those(self) -> None:
        stop_all_roles()
        names = self.example("some_roles.py")
        self.assertEqual([role["name"] for role in roles() if role["state"] == "running"], ["resource_management", "project_management"])
        names["manager"].stop_monitoring()

    def test_the_example_of_files_claims_them_for_its_task(self) -> None:
        manager = ClaudeParallelManager()
        self.example("files.py", manager=manager)
        (task,) = self.tasks()
        (ended,) = manager.wait(task["id"], timeout=PATIENCE)
        spec = self.shown(task["id"])["spec"]
        self.assertEqual((ended["outcome"]["type"], ended["role"], ended["agent"], ended["name"]), ("succeeded", "agent_simulations", "AI_Agent_1", "Run model simulation"))
        self.assertEqual([(Path(file["path"]).name, file["mode"]) for file in spec["files"]], [("simulation.py", "write"), ("data.json", "write")])

    def test_a_task_has_all_that_its_fields_say(self) -> None:
        first = add_script_task("script.py")
        task = queue_task(
            "gui_testing",
            {
                "name": "all of it", "script_path": Path("script.py"), "args": ["a", 1], "priority": "low", "task_type": "analysis", "agent": "me", "cwd": ".",
                "env": {"A": "1=2"}, "files": ["data.json", {"path": "in.csv", "mode": "read"}], "after": [first], "timeout": "5m", "retries": 2, "cpu": 0.5,
                "memory": "64 MiB", "memory_limit": "1 GiB", "start_at": None,
            },
        )  # fmt: skip
        spec = self.shown(task)["spec"]
        self.assertEqual((spec["name"], spec["role"], spec["args"], spec["priority"], spec["type"], spec["agent"]), ("all of it", "gui_testing", ["a", "1"], 9, "analysis", "me"))
        self.assertEqual((spec["env"], spec["timeoutMs"], spec["retries"], spec["cpu"], spec["memory"], spec["memoryLimit"]), ({"A": "1=2"}, 300_000, 2, 0.5, 64 * 2**20, 2**30))
        self.assertEqual([(Path(file["path"]).name, file["mode"]) for file in spec["files"]], [("data.json", "write"), ("in.csv", "read"), ("script.py", "read")])
        self.assertEqual(spec["after"], [f"#{first}"])
        command = queue_task("gui_testing", {"command": [sys.executable, "-c", "import sys; sys.exit(3)"]})
        ended = wait(command, task, timeout=PATIENCE)
        self.assertEqual([(each["id"], each["outcome"]["type"]) for each in ended], [(command, "failed"), (task, "succeeded")])
        self.assertEqual(ended[0]["run"]["exitCode"], 3)

    def test_a_prompt_has_all_that_its_fields_say(self) -> None:
        first = queue_task("gui_testing", {"prompt": "Write tests", "agent": "claude"})
        task = queue_prompt(
            "Go on\nwith -- it", agent="autogen", context=["script.py"], files=["model.py"], model="gpt-5", handover="never", max_turns=9, max_cost=1.5,
            follows=first, priority="high",
        )  # fmt: skip
        spec = self.shown(task)["spec"]
        work = {key: value for key, value in spec["work"].items() if key != "context"}
        self.assertEqual(work, {"kind": "prompt", "prompt": "Go on\nwith -- it", "agent": "autogen", "model": "gpt-5", "handover": "never", "maxTurns": 9, "maxCost": 1.5, "follows": first})
        self.assertEqual([(Path(file["path"]).name, file["mode"]) for file in spec["files"]], [("model.py", "write"), ("script.py", "read")])
        self.assertEqual((spec["type"], spec["priority"], spec["after"]), ("prompt", 1, [f"#{first}"]))
        with self.assertRaisesRegex(TaskError, "^`agent`: a prompt is carried out by .*, not by `me`"):
            queue_prompt("Go", agent="me")
        with self.assertRaisesRegex(ValueError, "Expected `context` to be a list of words, got 'script.py'"):
            queue_task("gui_testing", {"prompt": "Go", "context": "script.py"})

    def test_what_is_wrong_is_told_and_nothing_is_queued(self) -> None:
        with self.assertRaisesRegex(BadRequest, r"^`script_path`: there is no file `.*nope\.py`"):
            add_script_task("nope.py")
        with self.assertRaisesRegex(TaskError, "^`role`: unknown role `gui_testin`; did you mean `gui_testing`"):
            queue_task("gui_testin", {"script": "script.py"})
        config = self.folder / "claude_parallel_config.json"
        config.write_text("{")
        with self.assertRaisesRegex(TaskError, "^`role`: unknown role `gui_testin`"):
            queue_task("gui_testin", {"script": "script.py"})
        config.unlink()
        with self.assertRaisesRegex(TaskError, "Unknown field `retires` of a task; known are .*`retries`"):
            add_script_task("script.py", retires=2)
        with self.assertRaisesRegex(ValueError, "a `script`, a `command` or a `prompt`, one of them"):
            queue_task("gui_testing", {"name": "nothing"})
        with self.assertRaisesRegex(ValueError, "Expected `files` to be a list of paths, got 'data.json'"):
            queue_task("gui_testing", {"script": "script.py", "files": "data.json"})
        for fields, said in [
            ({"files": [{"path": "x", "mode": "own"}]}, r"Expected `files\[0\]` to be a path, or .*, got {'path': 'x', 'mode': 'own'}"),
            ({"files": [{"mode": "read"}]}, r"Expected the path of `files\[0\]` to be a path, got None"),
            ({"files": ["model.py", ""]}, r"Expected `files\[1\]` to be a path, got ''"),
            ({"after": 5}, "Expected `after` to be a list of numbers of tasks, got 5"),
            ({"env": "X"}, "Expected `env` to be a mapping, got 'X'"),
            ({"env": {"X": None}}, "Expected `env` of X to be a text or a number, got None"),
            ({"tags": "night"}, "Expected `tags` to be a list of words, got 'night'"),
            ({"name": ["a"]}, r"Expected `name` to be a text or a number, got \['a'\]"),
            ({"args": [None]}, r"Expected `args\[0\]` to be a text or a number, got None"),
            ({"interactive": "no"}, "Expected `interactive` to be True or False, got 'no'"),
            ({"workspace": 5}, "Expected `workspace` to be a path, got 5"),
            ({"workspace": "/nope"}, "^Expected `workspace` to be a folder that is there, got '/nope'$"),
            ({"name": "a\0b"}, r"^Expected `name` to be without NUL characters, got 'a\\x00b'$"),
            ({"env": {"A": "\0"}}, "^Expected `env` of A to be without NUL characters"),
            ({"env": {"A\0": "x"}}, "^Expected the names in `env` to be without NUL characters"),
            ({"args": ["a", "\0"]}, r"^Expected `args\[1\]` to be without NUL characters"),
            ({"files": ["a\0"]}, r"^Expected `files\[0\]` to be without NUL characters"),
            ({"name": "\ud800"}, r"^Expected `name` to be of characters that UTF-8 has, without lone surrogates, got '\\ud800'$"),
            ({"cwd": "\udc80"}, "^Expected `cwd` to be of characters that UTF-8 has"),
            ({"env": {"A=B": "x"}}, "Expected the names in `env` to be texts without `=`, got 'A=B'"),
            ({"agent": "me", "agent_id": "you"}, "Expected `agent` or `agent_id` of a task, not both"),
            ({"priority": "urgent"}, r"^`priority`: expected .*, got `\"urgent\"`"),
            ({"task_type": "a b"}, "^`task_type`: "),
            ({"memory_limit": "much"}, "^`memory_limit`: "),
            ({"after": ["x"]}, "^Expected `after` to be the number of a task, such as `12`, got `x`"),
            ({"agent_id": "../x"}, "^`agent_id`: "),
            ({"files": ["a/../../../x"], "tags": [""], "retries": -1}, r"^2 problems, so nothing was queued:\n  `retries`: .*\n  `tags`: "),
        ]:
            with self.assertRaisesRegex(ValueError, said) as caught:
                add_script_task("script.py", **fields)
            self.assertIsInstance(caught.exception, TaskError)
            self.assertNotRegex(str(caught.exception), r"--|tasks\[")
        with self.assertRaisesRegex(ValueError, "Expected `script_path` to be a path, got ''"):
            add_script_task("")
        with self.assertRaisesRegex(BadRequest, "^Expected `script_path` to be a file, got the folder '.'$"):
            add_script_task(".")
        with self.assertRaisesRegex(BadRequest, r"^`script_path`: there is no file `.*a=b\.py`"):
            add_script_task("runs/a=b.py")
        with self.assertRaisesRegex(BadRequest, "^Expected `script_path` to be without NUL characters"):
            add_script_task("a\0.py")
        for command in ([], [""]):
            with self.assertRaisesRegex(BadRequest, "^Expected `command` to begin with a program, got "):
                queue_task("gui_testing", {"command": command})
        with self.assertRaisesRegex(BadRequest, "^Expected `workspace` to be a folder that is there, got '.*nope'$"):
            ClaudeParallelManager("nope").start()
        with self.assertRaisesRegex(BadRequest, "^Expected `timeout` to be a number of seconds >= 0, got inf$"):
            wait(1, timeout=float("inf"))
        with self.assertRaisesRegex(ValueError, "Expected `task` to be a mapping, got 'script.py'"):
            queue_task("gui_testing", "script.py")  # type: ignore[arg-type]
        for wrong in ("1", True, 0, -1, 10**15):
            with self.assertRaisesRegex(BadRequest, f"^Expected each of `tasks` to be a whole number >= 1, got {wrong!r}$"):
                wait(wrong)  # type: ignore[arg-type]
        with self.assertRaisesRegex(TaskError, "There is no role `night`"):
            start_role("night")
        with self.assertRaisesRegex(TaskError, "There is no task #4711"):
            wait(4711)
        with self.assertRaises(ValueError):
            wait()
        self.assertEqual(self.tasks(), [])

    def test_a_file_without_a_mode_is_written_tags_are_kept_and_no_name_is_an_option(self) -> None:
        (self.folder / "-x.py").write_text("")
        spec = self.shown(queue_task("gui_testing", {"script": "-x.py", "files": [{"path": "data.json"}], "tags": ["night", 7]}))["spec"]
        self.assertEqual((Path(spec["work"]["path"]).name, spec["tags"]), ("-x.py", ["night", "7"]))
        self.assertEqual([(Path(file["path"]).name, file["mode"]) for file in spec["files"]], [("data.json", "write"), ("-x.py", "read")])

    def test_who_waits_too_long_gives_up_and_the_task_goes_on(self) -> None:
        task = add_script_task("waits.py")
        with self.assertRaisesRegex(TaskTimeout, rf"^Task #{task} had not finished after 2 s$"):
            wait(task, timeout=2)
        (self.folder / "gate").touch()
        (ended,) = wait(task, timeout=PATIENCE)
        self.assertEqual((ended["outcome"]["type"], ended["attempts"]), ("succeeded", 1))

    def test_roles_are_started_paused_and_stopped(self) -> None:
        def state(name: str) -> str:
            return next(role["state"] for role in roles() if role["name"] == name)

        pause_role("gui_testing")
        self.assertEqual(state("gui_testing"), "paused")
        task = queue_task("gui_testing", {"script": "script.py"})
        self.assertEqual(self.shown(task)["wait"]["type"], "rolePaused")
        stop_role("gui_testing")
        self.assertEqual(self.shown(task)["outcome"]["type"], "cancelled")
        for order in (start_role, pause_role, stop_role):
            for name in ("--all", "-a", ""):
                with self.assertRaisesRegex(BadRequest, f"^Expected `name` to be a name that does not begin with `-`, got '{name}'$"):
                    order(name)
        self.assertEqual((state("gui_testing"), state("agent_simulations")), ("stopped", "running"))
        start_role("gui_testing")
        stop_all_roles()
        self.assertEqual({role["state"] for role in roles()}, {"stopped"})
        start_all_roles(self.folder)
        self.assertEqual({role["state"] for role in roles(self.folder)}, {"running"})

    def test_a_monitor_tells_the_strategy_and_shows_the_machine(self) -> None:
        told: List[str] = []
        monitor = ClaudeResourceMonitor(interval=0.1)
        monitor.start(strategy_callback=told.append)
        self.addCleanup(monitor.stop)
        self.until("the strategy", lambda: told)
        monitor.stop()
        self.assertIn(told[0], ("normal", "conserve", "critical"))
        self.assertTrue(0 <= monitor.usage()["memory"] <= 1)
        with self.assertRaises(ValueError):
            ClaudeResourceMonitor(interval=0)

    def test_each_kind_of_schedule(self) -> None:
        scheduler = ClaudeTaskScheduler()
        kinds = [
            (ScheduledTask.INTERVAL, {"hours": 1, "minutes": 30}, {"type": "interval", "everyMs": 5_400_000}),
            (ScheduledTask.DAILY, {"time": "08:30", "time_zone": "UTC", "missed": "all"}, {"type": "daily", "time": 510}),
            (ScheduledTask.WEEKLY, {"days": ["mon", "fri"], "time": "08:30"}, {"type": "weekly", "days": [1, 5], "time": 510}),
            (ScheduledTask.WEEKLY, {"day": "monday", "time": "08:30"}, {"type": "weekly", "days": [1], "time": 510}),
            (ScheduledTask.MONTHLY, {"day": "last", "time": "08:30"}, {"type": "monthly", "day": "last", "time": 510}),
            (ScheduledTask.ONE_TIME, {"datetime": "2030-01-31T08:00", "time_zone": "UTC"}, {"type": "once", "at": "2030-01-31T08:00:00.000Z"}),
        ]
        for kind, params, rule in kinds:
            number = scheduler.add_task({"script_path": "script.py", "name": kind}, kind, params)
            (found,) = [each for each in schedules() if each["id"] == number]
            self.assertEqual({key: value for key, value in found["rule"].items() if key in rule}, rule)
        for data, kind, params in [
            ({}, "daily", {"time": "12:00"}),
            ({"script_path": "script.py"}, "daily", {}),
            ({"script_path": "script.py"}, "hourly", {}),
            ({"script_path": "script.py", "colour": "red"}, "daily", {"time": "12:00"}),
            ({"script_path": "script.py"}, "interval", {}),
            ({"script_path": "script.py"}, "interval", {"minutes": "5"}),
            (None, "daily", {"time": "12:00"}),
        ]:
            with self.assertRaises(ValueError):
                scheduler.add_task(data, kind, params)

    def test_who_serves_ends_with_the_program_however_that_ends(self) -> None:
        program = subprocess.Popen([sys.executable, "-c", STARTER], stdin=subprocess.PIPE, stdout=subprocess.PIPE, universal_newlines=True)
        assert program.stdout is not None
        server = int(program.stdout.readline())
        program.kill()
        program.communicate()
        self.until("the server to end", lambda: not lives(server))

    def test_without_the_program_the_way_to_get_it_is_told(self) -> None:
        before = os.environ["PARALLEL_WORKFLOW_CLI"]
        self.addCleanup(os.environ.__setitem__, "PARALLEL_WORKFLOW_CLI", before)
        os.environ["PARALLEL_WORKFLOW_CLI"] = str(self.folder / "nowhere.js")
        for call in (lambda: queue_task("gui_testing", {"script": "script.py"}), lambda: wait(1), start_all_roles):
            with self.assertRaises(CliNotFound):
                call()


def lives(pid: int) -> bool:
    if sys.platform == "win32":
        return str(pid) in subprocess.run(["tasklist", "/FI", f"PID eq {pid}"], stdout=subprocess.PIPE, universal_newlines=True).stdout
    state = subprocess.run(["ps", "-o", "stat=", "-p", str(pid)], stdout=subprocess.PIPE, universal_newlines=True).stdout.strip()
    # One that has ended and that nobody has asked about is a zombie.
    return state != "" and not state.startswith("Z")


if __name__ == "__main__":
    unittest.main()
