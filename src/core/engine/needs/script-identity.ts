import { createHash } from 'node:crypto';
import { assertNever } from '../../base/assert-never.ts';
import { pathKey } from '../../locks/path-key.ts';
import type { TaskSpec } from '../../model/spec.ts';

/** What past runs of a task are found by. */
export interface ScriptIdentity {
  /** Tasks of one script have one key. */
  readonly key: string;
  /** For people: the script's path, a function as `module:name`, a command's first words. */
  readonly shown: string;
  /** Its arguments as JSON, or their digest where that is long. */
  readonly args: string;
}

const LONGEST = 256;

export function scriptIdentity(spec: TaskSpec, keyOfPath: (file: string) => string = pathKey): ScriptIdentity {
  const { work, args } = spec;
  switch (work.kind) {
    case 'script':
    case 'blender':
      return { key: keyOfPath(work.path), shown: work.path, args: short(JSON.stringify(args)) };
    case 'function': {
      const shown = `${work.module}:${work.name}`;
      return { key: `function ${short(shown)}`, shown, args: short(JSON.stringify([work.arguments, ...args])) };
    }
    case 'command': {
      const [words, rest] = 'shell' in work ? [[work.shell], []] : named(work.argv);
      const shown = words.join(' ');
      // A command's words mean another thing in another folder.
      return { key: `command ${short(`${spec.cwd}\n${shown}`)}`, shown: shown.slice(0, LONGEST), args: short(JSON.stringify([...rest, ...args])) };
    }
    case 'hosted':
      return { key: `hosted ${work.runner}`, shown: work.runner, args: short(JSON.stringify([work.input, ...args])) };
    case 'prompt':
      // What a prompt needs is what its agent's program needs, whatever it says.
      return { key: `prompt ${spec.type}`, shown: `prompt (${spec.type})`, args: '' };
    default:
      return assertNever(work);
  }
}

/** Up to the first word after the program that is no option: `node build.js`, `python -m pytest`, `make all`. */
function named(argv: readonly string[]): [readonly string[], readonly string[]] {
  const word = argv.findIndex((text, index) => index > 0 && !text.startsWith('-'));
  return word < 0 ? [argv, []] : [argv.slice(0, word + 1), argv.slice(word + 1)];
}

function short(text: string): string {
  return text.length <= LONGEST ? text : createHash('sha256').update(text).digest('hex');
}
