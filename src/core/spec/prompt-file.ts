import path from 'node:path';
import { err, ok } from '../base/result.ts';
import type { Problem } from './problem.ts';
import { problemsOf } from './problems-of.ts';
import { FRONT_MATTER_FIELDS, rawFrontMatter, type RawFrontMatter, type RawSpec } from './raw-spec.ts';
import { readYamlMap, type YamlMap } from './yaml-map.ts';

/** A prompt in a file of its own, and what stands before it. */
export interface PromptFile {
  readonly prompt: string;
  /** As a spec has them; paths are absolute. */
  readonly fields: RawSpec;
  readonly problems: readonly Problem[];
  /** A problem with one of the fields, by its line in the file. */
  problemAt(field: string, message: string): Problem;
}

const FENCE = /^---[ \t]*$/;
/** What VS Code itself reads in prompt files, and we need not. */
const OF_VSCODE = ['description', 'mode', 'tools', 'argument-hint'];
const NO_FIELDS: YamlMap = { value: {}, lineOf: () => 1 };
/** The parser compares every field with every other. */
const MOST_MATTER = 64 * 1024;

/** Reads the text of a prompt file. Paths in its front matter start from its folder; `shown` is its path for people. */
export async function readPromptFile(text: string, file: string, shown: string): Promise<PromptFile> {
  const { matter, prompt, openEnd } = split(text.replace(/^\ufeff/, ''));
  const read = matter === undefined ? ok(NO_FIELDS) : await readMatter(matter);
  const map = read.ok ? read.value : NO_FIELDS;
  const at = (line: number, where: string, message: string): Problem => ({ where, message, place: `${shown}:${line}` });
  // The fence is the first line.
  const problemAt = (field: string, message: string): Problem => at(map.lineOf(placeIn(field)) + 1, field, message);
  const problems: Problem[] = read.ok ? [] : read.error.map(({ line, message }) => at(line + 1, '', `not valid YAML: ${message}`));
  if (openEnd) problems.push(at(1, '', 'the front matter that begins here has no end; close it with a line `---`'));
  else if (prompt === '') problems.push(at(text.trimEnd().split('\n').length, '', 'there is no prompt; write it below the front matter'));
  const { fields, wrong } = check(map.value);
  problems.push(...wrong.map(({ where, message }) => problemAt(where, message)));
  return { prompt, fields: withPaths(fields, path.dirname(file)), problems, problemAt };
}

/** Stands for a file whose text cannot be had. */
export function unreadPromptFile(shown: string, why: string): PromptFile {
  const problemAt = (where: string, message: string): Problem => ({ where, message, place: shown });
  return { prompt: '', fields: {}, problems: [problemAt('', `it cannot be read as a prompt: ${why}`)], problemAt };
}

async function readMatter(matter: string): ReturnType<typeof readYamlMap> {
  return matter.length > MOST_MATTER ? err([{ line: 1, message: `it is too long (${matter.length} characters, at most ${MOST_MATTER})` }]) : readYamlMap(matter);
}

function split(text: string): { readonly matter: string | undefined; readonly prompt: string; readonly openEnd: boolean } {
  const lines = text.split(/\r?\n/);
  if (!FENCE.test(lines[0]!)) return { matter: undefined, prompt: text.trim(), openEnd: false };
  const end = lines.findIndex((line, index) => index > 0 && FENCE.test(line));
  if (end < 0) return { matter: undefined, prompt: '', openEnd: true };
  return { matter: lines.slice(1, end).join('\n'), prompt: lines.slice(end + 1).join('\n').trim(), openEnd: false };
}

function check(value: YamlMap['value']): { readonly fields: RawFrontMatter; readonly wrong: readonly Problem[] } {
  const given = Object.fromEntries(Object.entries(value).filter(([name]) => !OF_VSCODE.includes(name)));
  const parsed = rawFrontMatter.safeParse(given);
  if (!parsed.success) return { fields: {}, wrong: problemsOf(parsed.error.issues, given, '', FRONT_MATTER_FIELDS) };
  const both = parsed.data.budget !== undefined && parsed.data.maxCost !== undefined;
  return { fields: parsed.data, wrong: both ? [{ where: 'budget', message: 'means the same as `maxCost`; write one of the two' }] : [] };
}

function withPaths({ budget, ...fields }: RawFrontMatter, folder: string): RawSpec {
  const absolute = (file: string): string => path.resolve(folder, file);
  return {
    ...fields,
    ...(budget !== undefined && { maxCost: budget }),
    ...(fields.cwd !== undefined && { cwd: absolute(fields.cwd) }),
    ...(fields.context !== undefined && { context: fields.context.map(absolute) }),
    ...(fields.files !== undefined && { files: fields.files.map((file) => (typeof file === 'string' ? absolute(file) : { ...file, path: absolute(file.path) })) }),
  };
}

/** The parts of a place such as `files[1].mode`. */
function placeIn(where: string): (string | number)[] {
  return where.split(/[.[\]]+/).filter((part) => part !== '');
}
