"""Against the real command line, in a workspace and a state folder of its own; started by test/engines/python-module.test.ts."""

import os
import signal
import subprocess
import sys
import tempfile
import threading
import unittest
from pathlib import Path

from parallel_workflow import CliNotFound, LockError, LockLost, LockTimeout, lock, locks
from parallel_workflow import _cli

PATIENCE = 60

HOLD = """
import sys
from parallel_workflow import lock
with lock("data.json", name="other"):
    print("held", flush=True)
    sys.stdin.readline()
"""

FORK = """
import os, sys
from parallel_workflow import lock
with lock("data.json"):
    os.fork()
    os.write(1, b"held\\n")
    sys.stdin.readline()
"""

ADD_ONE = """
import sys, time
from pathlib import Path
from parallel_workflow import lock
counter = Path("counter")
for _ in range(int(sys.argv[1])):
    with lock("counter"):
        count = int(counter.read_text())
        time.sleep(0.02)
        counter.write_text(str(count + 1))
"""


class LockTest(unittest.TestCase):
    def setUp(self) -> None:
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        before = os.getcwd()
        os.chdir(folder.name)
        self.addCleanup(os.chdir, before)
        os.mkdir(".git")
        os.environ["PARALLEL_WORKFLOW_HOME"] = os.path.join(folder.name, "state")
        # As in a task.
        os.environ["FORCE_COLOR"] = "1"

    def start(self, program: str, *words: str) -> "subprocess.Popen[str]":
        return self.cleaned(subprocess.Popen([sys.executable, "-c", program, *words], stdin=subprocess.PIPE, stdout=subprocess.PIPE, universal_newlines=True))

    def cleaned(self, process: "subprocess.Popen[str]") -> "subprocess.Popen[str]":
        def clean() -> None:
            process.kill()
            process.communicate()

        self.addCleanup(clean)
        return process

    def other_holder(self) -> "subprocess.Popen[str]":
        process = self.start(HOLD)
        assert process.stdout is not None
        self.assertEqual(process.stdout.readline(), "held\n")
        return process

    def test_holds_files_for_the_time_of_the_block(self) -> None:
        with lock("data.json", Path("raw/**"), name="Nightly"):
            held = {os.path.basename(use["path"]): use for use in locks()}
            self.assertEqual(sorted(held), ["data.json", "raw"])
            self.assertEqual(held["raw"]["glob"], "**")
            self.assertEqual([(each["type"], each["name"], each["mode"]) for each in held["data.json"]["holders"]], [("program", "Nightly", "write")])
        self.assertEqual(locks(all_workspaces=True), [])

    def test_an_exception_inside_the_block_comes_out_and_the_files_are_free(self) -> None:
        again = lock("data.json")
        for _ in range(2):
            with self.assertRaisesRegex(KeyError, "oh"):
                with again:
                    raise KeyError("oh")
            self.assertEqual(locks(), [])

    def test_gives_up_and_names_the_holder(self) -> None:
        self.other_holder()
        for timeout in (0, 0.05):
            with self.assertRaisesRegex(LockTimeout, "^Gave up.*: it waits for data.json, held by “other”"):
                with lock("data.json", timeout=timeout):
                    self.fail("not reached")
        with self.assertRaises(TimeoutError):
            lock("data.json", timeout=0).__enter__()

    def test_processes_take_turns(self) -> None:
        Path("counter").write_text("0")
        workers = [self.start(ADD_ONE, "5") for _ in range(4)]
        self.assertEqual([worker.wait(PATIENCE) for worker in workers], [0] * 4)
        self.assertEqual(Path("counter").read_text(), "20")

    def test_threads_take_turns_as_writers_and_meet_as_readers(self) -> None:
        inside = threading.Lock()
        together = threading.Barrier(3)
        wrong = []

        def write() -> None:
            with lock("data.json"):
                if not inside.acquire(blocking=False):
                    wrong.append("two writers at once")
                locks()
                inside.release()

        def read() -> None:
            with lock("data.json", mode="read"):
                together.wait(PATIENCE)

        for work in (write, read):
            threads = [threading.Thread(target=work) for _ in range(3)]
            for thread in threads:
                thread.start()
            for thread in threads:
                thread.join()
        self.assertEqual((wrong, together.broken), ([], False))

    @unittest.skipIf(os.name == "nt", "signals")
    def test_a_killed_program_holds_nothing(self) -> None:
        other = self.other_holder()
        other.send_signal(signal.SIGKILL)
        with lock("data.json", timeout=PATIENCE):
            pass

    @unittest.skipIf(os.name == "nt", "signals")
    def test_a_lock_that_was_lost_is_told_at_the_end_of_the_block(self) -> None:
        def kill_holder() -> None:
            assert held._holder is not None
            held._holder.kill()

        held = lock("data.json")
        with self.assertRaisesRegex(LockLost, "inside the block"):
            with held:
                kill_holder()
        with self.assertRaisesRegex(KeyError, "first"):
            with held:
                kill_holder()
                raise KeyError("first")

    @unittest.skipUnless(hasattr(os, "fork"), "fork")
    def test_a_forked_child_neither_holds_nor_gives_back(self) -> None:
        stay, leave = os.pipe()
        child = None
        try:
            with lock("data.json"):
                child = os.fork()
        finally:
            # The child has left the block as well, without giving the file back, and lives on.
            if child == 0:
                os.close(leave)
                os.read(stay, 1)
                os._exit(0)
        with lock("data.json", timeout=PATIENCE):
            pass
        os.close(leave)
        self.assertEqual(os.waitpid(child or 0, 0)[1], 0)

    @unittest.skipUnless(hasattr(os, "fork"), "fork")
    def test_a_forked_child_does_not_keep_what_its_killed_parent_held(self) -> None:
        parent = self.start(FORK)
        assert parent.stdout is not None
        self.assertEqual([parent.stdout.readline(), parent.stdout.readline()], ["held\n", "held\n"])
        parent.send_signal(signal.SIGKILL)
        with lock("data.json", timeout=PATIENCE):
            pass

    def test_inside_a_task_that_claims_the_file_it_is_held_already(self) -> None:
        program = "from parallel_workflow import lock\nwith lock('data/x.csv', timeout=0): print('inside')"
        words = [*_cli.command("run"), "--quiet", "--file", "data", "--", sys.executable, "-c", program]
        self.assertEqual(subprocess.run(words).returncode, 0)
        told = subprocess.run([*_cli.command("log"), "1"], stdout=subprocess.PIPE, universal_newlines=True)
        self.assertEqual(told.stdout, "inside\n")

    def test_a_missing_program_is_told_with_the_way_to_get_it(self) -> None:
        environment = dict(os.environ)
        self.addCleanup(os.environ.update, environment)
        os.environ["PARALLEL_WORKFLOW_CLI"] = "/nowhere/cli.js"
        with self.assertRaisesRegex(CliNotFound, "^PARALLEL_WORKFLOW_CLI is `/nowhere/cli.js`, which is not there. Put"):
            lock("data.json").__enter__()
        del os.environ["PARALLEL_WORKFLOW_CLI"]
        os.environ["PATH"] = ""
        with self.assertRaisesRegex(CliNotFound, "^There is no program `parallel-workflow`. Put .* on the PATH"):
            locks()

    def test_wrong_words_are_refused(self) -> None:
        for words, options in (((), {}), (("",), {}), (("a", None), {}), (("a",), {"mode": "exclusive"}), (("a",), {"timeout": -1}), (("a",), {"timeout": "1"}), (("a",), {"name": []})):
            with self.assertRaises(ValueError):
                lock(*words, **options)  # type: ignore[arg-type]
        many = "x/" + "{a,b}" * 7
        with self.assertRaisesRegex(LockError, "at most 64 alternatives"):
            lock(many).__enter__()


if __name__ == "__main__":
    unittest.main()
