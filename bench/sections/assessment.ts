import fs from 'node:fs';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { systemClock } from '../../src/core/base/clock.ts';
import { assessFiles } from '../../src/core/assessment/assess-files.ts';
import { pathFinder } from '../../src/core/launch/find-program.ts';
import { AssessmentThread, assessmentThreads } from '../../src/host/assessment/assessment-thread.ts';
import type { Figure } from '../figure.ts';
import { longestBlock } from '../longest-block.ts';
import { timed } from '../sample.ts';
import type { Section } from '../section.ts';

const FILES = 1000;
const TARGET_MS = 10_000;
const UNCHANGED_TARGET_MS = 1000;
const BLOCK_TARGET_MS = 50;
const QUIET_MS = 1000;
/** Older than a look doubts the time of a file. */
const OLD = 1_600_000_000;

/** A simulation of some eighty lines with a little of everything that is looked for; no two are the same. */
function script(seed: number): string {
  const functions = Array.from({ length: 6 }, (_, index) => `
def step_${index}(state, dt=${seed % 7}.5, seen=[]):
    total = 0
    for position, value in enumerate(state):
        if value > ${index} and position % 2 == 0:
            total += value * dt
        elif value < -${index}:
            total -= value / (dt or 1)
        else:
            seen.append(value)
    result = []
    for value in state:
        result.append(value + total * ${seed})
    return result
`);
  return `import json\nimport math\nimport os\n\nNAME = "run ${seed}"\n${functions.join('\n')}\n\nif __name__ == "__main__":\n    state = [math.sin(x) for x in range(${100 + seed})]\n    for _ in range(10):\n        state = step_0(state)\n    print(NAME, json.dumps(state[:3]))\n`;
}

export const assessment: Section = {
  name: 'assessment',
  title: `Assessing ${FILES} scripts`,
  limitMs: 60_000,
  async measure(scratch, note) {
    const folder = path.join(scratch, 'scripts');
    fs.mkdirSync(folder);
    let bytes = 0;
    for (let seed = 0; seed < FILES; seed++) {
      const file = path.join(folder, `simulation-${seed}.py`);
      const text = script(seed);
      bytes += text.length;
      fs.writeFileSync(file, text);
      fs.utimesSync(file, OLD, OLD);
    }
    const figures: Figure[] = [];
    const finder = pathFinder();
    const look = async (name: string, allowPrograms: boolean): Promise<void> => {
      const options = { home: path.join(scratch, name), clock: systemClock, finder, workspace: folder, allowPrograms };
      let kind = '';
      const first = await timed(async () => {
        const { runner, files } = await assessFiles([folder], options);
        if (files.some(({ type }) => type !== 'assessed')) throw new Error('not every script was assessed');
        kind = `${runner.kind} ${runner.version}`;
      });
      if (allowPrograms && kind.startsWith('built-in')) return note('There is no ruff on the PATH to compare with.');
      figures.push({ what: `${name}, the first time`, value: first, unit: 'ms', target: TARGET_MS, beside: `${(bytes / 1e6).toFixed(1)} MB of text, ruff ${kind}, with its start` });
      figures.push({ what: `${name}, nothing changed`, value: await timed(() => assessFiles([folder], options)), unit: 'ms', target: UNCHANGED_TARGET_MS, beside: 'no file is read' });
    };
    await look('by the built-in ruff', false);
    await look('by the program', true);
    const quiet = await longestBlock(() => delay(QUIET_MS));
    const block = await longestBlock(() => assessInThread(folder, path.join(scratch, 'in a thread')));
    figures.push({ what: 'longest block of a window meanwhile', value: block, unit: 'ms', target: BLOCK_TARGET_MS, beside: `the built-in ruff, in the thread of the extension; ${quiet.toFixed(1)} ms with nothing to do` });
    return figures;
  },
};

/** As the extension host does it. */
async function assessInThread(folder: string, home: string): Promise<void> {
  const bundle = fileURLToPath(new URL('../../dist/assessment-worker.cjs', import.meta.url));
  const source = fileURLToPath(new URL('../../src/host/assessment/assessment-worker.ts', import.meta.url));
  const thread = new AssessmentThread(assessmentThreads(fs.existsSync(bundle) ? bundle : source, home), systemClock);
  const { files } = await thread.assess({ paths: [folder], workspace: folder, allowPrograms: false });
  thread.dispose();
  if (files.length !== FILES) throw new Error(`expected ${FILES} files, got ${files.length}`);
}
