import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { isBad } from '../../src/core/gui-tests/parse-junit.ts';
import { GuiLab, WITH_PYTEST, type GuiResult } from '../support/gui/gui-lab.ts';
import { outcomeOf } from '../support/test-engine.ts';
import { until } from '../support/until.ts';

const WINDOW = `import tkinter


class Window:
    def __init__(self):
        self.root = tkinter.Tk()
        self.clicks = tkinter.IntVar(self.root, 0)
        tkinter.Label(self.root, textvariable=self.clicks).pack()
        self.button = tkinter.Button(self.root, text="More", command=lambda: self.clicks.set(self.clicks.get() + 1))
        self.button.pack()
        self.root.update()

    def picture(self, file):
        image = tkinter.PhotoImage(master=self.root, width=8, height=8)
        image.put("red", to=(0, 0, 8, 8))
        image.write(file, format="png")
`;

const TESTS = `import os
import tkinter

import pytest
from window import Window

SHOTS = os.environ["PARALLEL_WORKFLOW_ARTIFACTS"]


@pytest.fixture
def window():
    window = Window()
    yield window
    window.root.destroy()


class TestClicks:
    def test_counts(self, window):
        window.button.invoke()
        assert window.clicks.get() == 1

    @pytest.mark.parametrize("text", ["a b", "[\\u00e9]", "x::y"])
    def test_shows(self, window, text):
        assert text == "a b", "no such label"


def test_attaches(window):
    window.picture(os.path.join(SHOTS, "seen.png"))
    print("[[ATTACHMENT|seen.png]]")
    check(window)


def test_saves(window):
    window.picture(os.path.join(SHOTS, "test_saves.png"))


def check(window):
    assert window.root.winfo_screenwidth() == 1


def test_has_no_font(missing):
    pass


@pytest.mark.skip(reason="no mouse")
def test_drags():
    pass
`;

const PROJECT = { 'gui/pytest.ini': '[pytest]\npythonpath = .\n', 'gui/window.py': WINDOW, 'gui/test_window.py': TESTS, 'gui/test_sums.py': 'def test_sum():\n    assert 1 + 1 == 3\n' };

/** Counted from 1, as editors do. */
const told = ({ group, name, verdict, place }: GuiResult): unknown => [group, name, verdict, place && [path.basename(place.file), (place.line ?? -1) + 1, place.failedAt === undefined ? undefined : place.failedAt + 1]];

void test('pytest drives Tk windows on a display of its own; results have their places, reasons and pictures', WITH_PYTEST, async (t) => {
  const lab = await GuiLab.open(t, PROJECT);
  const [suite, ...others] = await lab.find();
  assert.deepEqual([suite, others], [{ type: 'pytest', files: ['gui/test_window.py'] }, []]);
  const results = await lab.run(suite!);
  assert.deepEqual(results.map(told), [
    ['gui.test_window.TestClicks', 'test_counts', 'passed', ['test_window.py', 18, undefined]],
    ['gui.test_window.TestClicks', 'test_shows[a b]', 'passed', ['test_window.py', 22, undefined]],
    ['gui.test_window.TestClicks', 'test_shows[[\\xe9]]', 'failed', ['test_window.py', 22, 24]],
    ['gui.test_window.TestClicks', 'test_shows[x::y]', 'failed', ['test_window.py', 22, 24]],
    ['gui.test_window', 'test_attaches', 'failed', ['test_window.py', 27, 38]],
    ['gui.test_window', 'test_saves', 'passed', ['test_window.py', 33, undefined]],
    ['gui.test_window', 'test_has_no_font', 'errored', ['test_window.py', 41, undefined]],
    ['gui.test_window', 'test_drags', 'skipped', ['test_window.py', 45, undefined]],
  ]);
  const [, , shows, , attaches, saves, errs, drags] = results;
  assert.match(shows!.message, /^AssertionError: no such label/);
  assert.match(attaches!.message, /^assert \d{3,} == 1/);
  assert.match(errs!.details, /fixture 'missing' not found/);
  assert.equal(drags!.message, 'no mouse');
  for (const [{ artifacts }, name] of [[attaches!, 'seen.png'], [saves!, 'test_saves.png']] as const) {
    assert.deepEqual(artifacts.map((file) => path.basename(file)), [name]);
    assert.equal(fs.readFileSync(artifacts[0]!).toString('latin1', 1, 4), 'PNG');
  }
  const failed = results.filter(isBad);
  assert.deepEqual((await lab.run(suite!, failed)).map(told), failed.map(told), 'those that failed run again, and no others');
});

void test('a GUI test that hangs is cancelled with its window and its display', WITH_PYTEST, async (t) => {
  const lab = await GuiLab.open(t, { 'test_hangs.py': 'import tkinter\n\n\ndef test_hangs():\n    root = tkinter.Tk()\n    open("shown", "w").close()\n    root.mainloop()\n' });
  const [suite] = await lab.find();
  const { id, argv } = await lab.queue(suite!);
  assert.deepEqual(argv.slice(0, 2), ['xvfb-run', '-a']);
  const running = await lab.engine.when(id, 'running');
  await until('the window', () => fs.existsSync(path.join(lab.engine.workspace, 'shown')));
  assert.ok((await lab.processes(running)).some((line) => /\bXvfb :\d+/.test(line)), 'it has a display');
  await lab.engine.port.cancel([id]);
  assert.deepEqual(outcomeOf(await lab.engine.ended(id)), { type: 'cancelled' });
  assert.deepEqual(await lab.processes(running), []);
});
