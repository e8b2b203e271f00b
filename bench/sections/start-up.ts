import { execFile } from 'node:child_process';
import fs from 'node:fs';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import type { Figure } from '../figure.ts';
import { median } from '../quantile.ts';
import { timed } from '../sample.ts';
import type { Section } from '../section.ts';

const run = promisify(execFile);
const CLI = fileURLToPath(new URL('../../dist/cli.js', import.meta.url));
const ACTIVATION = fileURLToPath(new URL('../../out/activation.json', import.meta.url));
const ACTIVATION_TARGET_MS = 50;
const ROUNDS = 7;

export const startUp: Section = {
  name: 'start-up',
  title: 'Starting',
  limitMs: 40_000,
  async measure(home, note) {
    if (!fs.existsSync(CLI)) throw new Error('dist/cli.js is not built; `node esbuild.mjs --production` does it');
    const commands = new Map([['bare', ['-e', '0']], ['--version', [CLI, '--version']], ['list', [CLI, 'list']]]);
    const times = new Map<string, number[]>([...commands.keys()].map((name) => [name, []]));
    for (let round = 0; round < ROUNDS; round++) {
      for (const [name, args] of commands) times.get(name)!.push(await timed(() => run(process.execPath, args, { cwd: home, env: { ...process.env, PARALLEL_WORKFLOW_HOME: home } })));
    }
    const bare = median(times.get('bare')!);
    const figureOf = (name: string): Figure => {
      const value = median(times.get(name)!);
      return { what: `command line, ${name}`, value, unit: 'ms', beside: `${(value / bare).toFixed(2)} × Node alone` };
    };
    const activation = readActivation();
    if (activation === undefined) note('Activation in the extension host: not measured yet; `npm run test:host` does it.');
    return [{ what: 'Node alone', value: bare, unit: 'ms' }, figureOf('--version'), figureOf('list'), ...(activation === undefined ? [] : [activation])];
  },
};

/** As the host tests measured it in a real VS Code. */
function readActivation(): Figure | undefined {
  if (!fs.existsSync(ACTIVATION)) return undefined;
  const { ms } = JSON.parse(fs.readFileSync(ACTIVATION, 'utf8')) as { ms: number };
  return { what: 'activation in the extension host', value: ms, unit: 'ms', target: ACTIVATION_TARGET_MS, beside: 'measured by the last host tests' };
}
