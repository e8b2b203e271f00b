import assert from 'node:assert/strict';
import fs from 'node:fs';
import { test, type TestContext } from 'node:test';
import { DEFAULT_OPTIONS } from '../../../../../src/core/engine/engine-options.ts';
import type { LeaseKeeper } from '../../../../../src/core/engine/lease-keeper.ts';
import { readCapacity } from '../../../../../src/core/engine/machine/capacity.ts';
import type { RunEnd } from '../../../../../src/core/engine/runs/run-end.ts';
import type { RunInHand } from '../../../../../src/core/engine/runs/run-in-hand.ts';
import { RunRecorder } from '../../../../../src/core/engine/runs/run-recorder.ts';
import { engineId } from '../../../../../src/core/model/ids.ts';
import type { TaskSpec } from '../../../../../src/core/model/spec.ts';
import type { StopCause } from '../../../../../src/core/model/task.ts';
import { RunFolder } from '../../../../../src/core/process/run-folder.ts';
import { MemoryStore } from '../../../../support/memory-store.ts';
import { tempFolder } from '../../../../support/temp-folder.ts';
import { ManualClock } from '../../../views/manual-clock.ts';

const STARTED = 2000;
const NOTICED = 9000;

const exit = (code: number): RunEnd => ({ type: 'exited', exit: { code, userMs: 0, systemMs: 0 } });

/** A task that has run since `STARTED`, in the hands of the engine that records its end at `NOTICED`. */
function setting(t: TestContext, spec: Partial<TaskSpec> = {}, given: Partial<RunInHand> = {}) {
  const memory = new MemoryStore(t);
  const { store, ledger, log } = memory;
  const recorder = new RunRecorder({ store, ledger, lease: { id: engineId(1) } as LeaseKeeper, clock: new ManualClock(NOTICED), log }, { ...DEFAULT_OPTIONS, home: '/state', kind: 'cli', roots: ['/lab'] });
  const id = memory.add(spec);
  memory.run(id, STARTED);
  const run = store.runs.latestOf(id)!;
  store.runs.setStarted(run.id, ['tool'], 50, '500', STARTED);
  const folder = tempFolder(t);
  return {
    memory, store, id, folder,
    run: () => store.runs.latestOf(id)!,
    state: () => memory.task(id).state,
    stop: (cause: StopCause) => store.write(() => ledger.apply(id, { type: 'stopRequested', cause, at: NOTICED }, NOTICED)),
    end: (end: RunEnd, at = NOTICED) => store.write(() => recorder.ended({ task: memory.task(id), run: store.runs.latestOf(id)!, folder: new RunFolder(folder), startedAt: STARTED, adopted: false, peakMemory: 0, waitedMs: 0, ...given } as RunInHand, end, at)),
  };
}

test('a run ends once: what comes after its end changes nothing', (t) => {
  const { end, run, state } = setting(t);
  end(exit(3));
  end(exit(0), NOTICED + 1000);
  assert.deepEqual([run().exitCode, run().endedAt, state()], [3, NOTICED, { status: 'finished', outcome: { type: 'failed', reason: 'exit', code: 3 }, finishedAt: NOTICED }]);
});

test('a run ended when its result was written, though it was noticed later', (t) => {
  const { end, run, folder } = setting(t);
  fs.writeFileSync(`${folder}/result`, 'exit 0\n');
  fs.utimesSync(`${folder}/result`, 5, 5);
  end(exit(0));
  assert.equal(run().endedAt, 5000);
});

test('a run whose time was over did not end before, whatever the coarser time of its result says', (t) => {
  const { end, run, folder, stop } = setting(t);
  stop({ type: 'timeout', afterMs: 4000 });
  fs.writeFileSync(`${folder}/result`, 'exit 143\n');
  fs.utimesSync(`${folder}/result`, 5.996, 5.996);
  end(exit(143));
  assert.deepEqual([run().endedAt, run().outcome], [STARTED + 4000, { type: 'timedOut', afterMs: 4000 }]);
});

test('while its processes stood still a run took no time', (t) => {
  const { end, store, run } = setting(t);
  store.runs.addPaused(run().id, 3000);
  end(exit(0));
  assert.deepEqual(store.scriptRuns.ofWorkspaces(['/lab']).map(({ wallMs }) => wallMs), [NOTICED - STARTED - 3000]);
});

test('what was called off teaches nothing of what a script needs', (t) => {
  const { end, store, stop } = setting(t);
  stop({ type: 'cancel' });
  end(exit(143));
  assert.deepEqual(store.scriptRuns.ofWorkspaces(['/lab']), []);
});

test('a retry after a lack of memory asks for more, and never for more than the machine has', (t) => {
  const { end, memory, id, store, run } = setting(t, {}, { peakMemory: readCapacity().memoryTotal });
  store.runs.setUsage(run().id, 1, 1, readCapacity().memoryTotal);
  end(exit(137));
  assert.equal(memory.task(id).memoryWanted, readCapacity().memoryTotal);
});

test('an engine that outlives a run takes back what the ends of others held against its task; one that adopted it does not', (t) => {
  for (const adopted of [false, true]) {
    const { end, memory, id, store } = setting(t, {}, { adopted });
    store.write(() => store.tasks.setCrashes(id, 2));
    end(exit(0));
    assert.equal(memory.task(id).crashes, adopted ? 2 : 0);
  }
});
