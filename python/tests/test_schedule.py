import os
import tempfile
import unittest
from datetime import datetime, time, timedelta, timezone

from parallel_workflow import BadRequest, CliNotFound, ScheduleError, schedule, schedules, unschedule


class ScheduleTest(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = os.path.realpath(folder.name)
        os.mkdir(os.path.join(self.folder, ".git"))
        with open(os.path.join(self.folder, "sweep.py"), "w") as file:
            file.write("")
        before = os.getcwd()
        os.chdir(self.folder)
        self.addCleanup(os.chdir, before)

    def test_a_script_is_scheduled_listed_and_taken_away(self):
        number = schedule("sweep.py", "--fast", daily="12:00", time_zone="Europe/Berlin", type="analysis", priority=3)
        (found,) = schedules()
        self.assertEqual((found["id"], found["name"], found["state"]), (number, "sweep.py", "due"))
        self.assertEqual((found["rule"], found["timeZone"], found["missed"], found["overlap"]), ({"type": "daily", "time": 720}, "Europe/Berlin", "once", "skip"))
        self.assertEqual(found["request"]["tasks"], [{"type": "analysis", "priority": 3, "script": os.path.join(self.folder, "sweep.py"), "args": ["--fast"]}])
        self.assertEqual((found["served"], found["runs"]), (False, []))
        unschedule(number)
        unschedule(schedule("sweep.py", 7, daily="12:00"))
        self.assertEqual(schedules(), [])

    def test_each_way_to_say_when(self):
        utc = {"time_zone": "UTC"}
        ways = [
            (dict(every=90), {"type": "interval", "everyMs": 90_000}),
            (dict(every="15m"), {"type": "interval", "everyMs": 900_000}),
            (dict(every=timedelta(days=2)), {"type": "interval", "everyMs": 172_800_000}),
            (dict(every="1h", starting="2030-01-31T08:00", **utc), {"type": "interval", "everyMs": 3_600_000, "anchor": "2030-01-31T08:00:00.000Z"}),
            (dict(daily=time(8, 30)), {"type": "daily", "time": 510}),
            (dict(weekly="mon,fri 08:30"), {"type": "weekly", "days": [1, 5], "time": 510}),
            (dict(weekly=(["monday"], time(0, 5))), {"type": "weekly", "days": [1], "time": 5}),
            (dict(monthly=(31, "08:30")), {"type": "monthly", "day": 31, "time": 510}),
            (dict(monthly="last 08:30"), {"type": "monthly", "day": "last", "time": 510}),
            (dict(once=datetime(2030, 1, 31, 8), **utc), {"type": "once", "at": "2030-01-31T08:00:00.000Z"}),
            (dict(once=datetime(2030, 1, 31, 8, tzinfo=timezone(timedelta(hours=2)))), {"type": "once", "at": "2030-01-31T06:00:00.000Z"}),
            (dict(cron="*/5 * * * 1-5"), {"type": "cron", "expression": "*/5 * * * 1-5"}),
        ]
        for way, rule in ways:
            number = schedule(command=["make", "all"], paused=True, missed="all", overlap="queue", **way)
            (found,) = [each for each in schedules() if each["id"] == number]
            self.assertEqual({key: value for key, value in found["rule"].items() if key in rule}, rule, way)
            self.assertEqual((found["state"], found["missed"], found["overlap"], found["request"]["tasks"]), ("paused", "all", "queue", [{"command": ["make", "all"]}]))

    def test_what_is_wrong_is_told_and_nothing_is_scheduled(self):
        with self.assertRaisesRegex(ScheduleError, "^`script`: there is no file `.*nope.py`"):
            schedule("nope.py", daily="08:00")
        with self.assertRaisesRegex(ScheduleError, "^`daily`: expected a time such as `08:30`, got `\"25:00\"`"):
            schedule("sweep.py", daily="25:00")
        with self.assertRaisesRegex(BadRequest, "^Expected when it comes due: one of `every`, `daily`,"):
            schedule("sweep.py")
        with self.assertRaisesRegex(BadRequest, "^`time_zone`: "):
            schedule("sweep.py", daily="08:00", time_zone="Mars/Olympus")
        with self.assertRaises(ValueError):
            schedule(daily="08:00")
        with self.assertRaisesRegex(ValueError, r"Expected `args\[0\]` to be a text or a number, got None"):
            schedule("sweep.py", None, daily="08:00")
        with self.assertRaisesRegex(ValueError, "Expected `command` to be a list of words, got 'make'"):
            schedule(command="make", daily="08:00")
        with self.assertRaisesRegex(ValueError, "Expected `weekly` to be a text or a pair of days and a time, got 5"):
            schedule("sweep.py", weekly=5)
        with self.assertRaisesRegex(BadRequest, "^Expected `script` to be a file, got the folder '.'$"):
            schedule(".", daily="08:00")
        with self.assertRaisesRegex(BadRequest, r"^`script`: there is no file `.*a=b\.py`"):
            schedule("a=b.py", daily="08:00")
        with self.assertRaisesRegex(BadRequest, "^Expected `command` to begin with a program, got "):
            schedule(command=[""], daily="08:00")
        with self.assertRaisesRegex(BadRequest, "^Expected `workspace` to be a folder that is there, got '/nope'$"):
            schedules("/nope")
        with self.assertRaisesRegex(BadRequest, "^Expected `time_zone` to be without NUL characters"):
            schedule("sweep.py", daily="08:00", time_zone="UTC\0")
        with self.assertRaisesRegex(BadRequest, "^Expected `number` to be a whole number >= 1, got '--all'$"):
            unschedule("--all")
        with self.assertRaisesRegex(ScheduleError, "There is no schedule"):
            unschedule(4711)
        self.assertEqual(schedules(), [])

    def test_without_the_program_the_way_to_get_it_is_told(self):
        before = os.environ["PARALLEL_WORKFLOW_CLI"]
        self.addCleanup(os.environ.__setitem__, "PARALLEL_WORKFLOW_CLI", before)
        os.environ["PARALLEL_WORKFLOW_CLI"] = os.path.join(self.folder, "nowhere.js")
        with self.assertRaises(CliNotFound):
            schedules()


if __name__ == "__main__":
    unittest.main()
