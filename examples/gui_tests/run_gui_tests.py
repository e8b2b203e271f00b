"""Tests the counter's window and writes a JUnit report; needs nothing but Python with Tk.

The report goes where PARALLEL_WORKFLOW_JUNIT says, else to `junit.xml` beside this file. Without Tk or a
display the tests are skipped. Exit codes: 0 when no test fails, else 1.
"""

import os
import sys
import time
import unittest
import xml.etree.ElementTree as ET
from pathlib import Path

try:
    import tkinter as tk

    from counter_window import CounterWindow
except ImportError:
    tk = None


class Counter(unittest.TestCase):
    def setUp(self) -> None:
        if tk is None:
            self.skipTest("this Python has no Tk")
        try:
            self.root = tk.Tk()
        except tk.TclError as error:
            self.skipTest(str(error))
        self.addCleanup(self.root.destroy)
        self.window = CounterWindow(self.root)
        self.root.update()

    def shown(self) -> str:
        self.root.update()
        return str(self.root.getvar(str(self.window.label["textvariable"])))

    def test_counts_clicks(self) -> None:
        for _ in range(3):
            self.window.more.invoke()
        self.assertEqual(self.shown(), "3")

    def test_begins_again(self) -> None:
        self.window.more.invoke()
        self.window.reset.invoke()
        self.assertEqual(self.shown(), "0")

    def test_reset_waits_for_a_click(self) -> None:
        self.window.reset.invoke()
        self.assertEqual(str(self.window.reset["state"]), "disabled")
        self.window.more.invoke()
        self.assertEqual(str(self.window.reset["state"]), "normal")


class JunitResult(unittest.TestResult):
    """Collects one `testcase` for each test."""

    def __init__(self) -> None:
        super().__init__()
        self.suite = ET.Element("testsuite", name="counter")
        self.started = 0.0

    def startTest(self, test: unittest.TestCase) -> None:
        super().startTest(test)
        self.started = time.perf_counter()
        cls, name = test.id().split(".")[-2:]
        self.case = ET.SubElement(self.suite, "testcase", classname=cls, name=name, file=Path(__file__).name)

    def stopTest(self, test: unittest.TestCase) -> None:
        self.case.set("time", f"{time.perf_counter() - self.started:.3f}")
        super().stopTest(test)

    def addFailure(self, test: unittest.TestCase, err: tuple) -> None:
        super().addFailure(test, err)
        ET.SubElement(self.case, "failure", message=str(err[1])).text = self.failures[-1][1]

    def addError(self, test: unittest.TestCase, err: tuple) -> None:
        super().addError(test, err)
        ET.SubElement(self.case, "error", message=str(err[1])).text = self.errors[-1][1]

    def addSkip(self, test: unittest.TestCase, reason: str) -> None:
        super().addSkip(test, reason)
        ET.SubElement(self.case, "skipped", message=reason)


def main() -> int:
    result = JunitResult()
    unittest.defaultTestLoader.loadTestsFromTestCase(Counter).run(result)
    report = os.environ.get("PARALLEL_WORKFLOW_JUNIT") or Path(__file__).with_name("junit.xml")
    ET.ElementTree(result.suite).write(report, encoding="utf-8", xml_declaration=True)
    print(f"{result.testsRun} tests, {len(result.failures) + len(result.errors)} failed, {len(result.skipped)} skipped")
    return 0 if result.wasSuccessful() else 1


if __name__ == "__main__":
    sys.exit(main())
