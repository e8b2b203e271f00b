import path from 'node:path';
import { SCRIPT_EXTENSIONS } from '../model/script-extensions.ts';
import type { Work } from '../model/spec.ts';
import { importsBpy } from './blender-script.ts';
import type { RawSpec } from './raw-spec.ts';
import { promptFileAt, readPrompt, refusePromptFields } from './read-prompt.ts';
import type { SpecContext } from './spec-context.ts';

/** Fields that say what a task does, one of which each has. */
export const WORK_FIELDS = ['script', 'blender', 'function', 'command', 'prompt', 'runner'] as const;

/** What a task does; `own` is what its own fields say, `raw` includes what they take over from elsewhere. */
export function readWork(own: RawSpec, raw: RawSpec, context: SpecContext, report: (field: string, message: string) => void): Work | undefined {
  const given = WORK_FIELDS.filter((field) => raw[field] !== undefined);
  if (given.length !== 1) {
    report(given[1] ?? 'script', given.length === 0 ? 'missing: a task needs one of `script`, `blender`, `function`, `command`, `prompt` or `runner`' : `a task has only one of ${given.map((name) => `\`${name}\``).join(' and ')}`);
    return undefined;
  }
  if (raw.prompt !== undefined) return readPrompt(raw.prompt, undefined, own, raw, context, report);
  const inFile = promptFileAt(raw.script, context);
  if (inFile !== undefined) return readPrompt(inFile.file.prompt, inFile.path, own, raw, context, report);
  refusePromptFields(own, report);
  if (raw.shell === true && typeof raw.command !== 'string') report('shell', 'only goes with a `command` given as one text');
  if (raw.arguments !== undefined && raw.function === undefined) report('arguments', 'only goes with `function`; a program takes `args`');
  if (raw.input !== undefined && raw.runner === undefined) report('input', 'only goes with `runner`; a function takes `arguments`');
  const existing = (field: string, file: string): string => {
    const absolute = path.resolve(context.base, file);
    if (!context.isFile(absolute)) report(field, context.isFolder(absolute) ? `\`${absolute}\` is a folder; name a file in it` : `there is no file \`${absolute}\``);
    return absolute;
  };
  if (raw.script !== undefined) {
    const script = existing('script', raw.script);
    if (context.isFile(script) && !isScript(script) && !context.isExecutable(script)) report('script', noScript(script));
    const isBlender = /\.py$/i.test(script) && importsBpy(context.readHead(script));
    return { kind: isBlender ? 'blender' : 'script', path: script };
  }
  if (raw.runner !== undefined) return { kind: 'hosted', runner: raw.runner, input: raw.input ?? null };
  if (raw.blender !== undefined) return { kind: 'blender', path: existing('blender', raw.blender) };
  if (raw.function !== undefined) {
    const colon = raw.function.lastIndexOf(':');
    const module = raw.function.slice(0, colon);
    const isPath = /\.(?:py|[cm]?[jt]s)$/i.test(module);
    return { kind: 'function', module: isPath ? existing('function', module) : module, name: raw.function.slice(colon + 1), arguments: raw.arguments ?? {} };
  }
  if (typeof raw.command === 'string') {
    if (raw.shell === true) return { kind: 'command', shell: raw.command };
    report('command', 'expected a list such as `["make", "all"]`; a single text needs `"shell": true`');
    return undefined;
  }
  return { kind: 'command', argv: raw.command! };
}

function isScript(file: string): boolean {
  const ending = path.extname(file).toLowerCase();
  return SCRIPT_EXTENSIONS.some((extension) => ending === `.${extension.toLowerCase()}`);
}

function noScript(file: string): string {
  return `\`${file}\` is no script; scripts end in ${SCRIPT_EXTENSIONS.map((extension) => `\`.${extension}\``).join(', ')}. Make it executable (\`chmod +x\`), or give a \`command\`, the program that takes it and then the file`;
}
