import { UserError } from '../core/base/user-error.ts';
import { taskId, type TaskId } from '../core/model/ids.ts';

/** For the help of commands about tasks. */
export const ID_HELP = 'ID is the number of a task, such as 12, or a range of numbers, 12-40; `parallel-workflow list` shows them.';

const LONGEST_RANGE = 100_000;
const RANGES_NAMED = 8;

/** Task numbers as people write them: `12`, `#12` or a range `12-40`, each once. */
export function parseTaskIds(words: readonly string[]): readonly TaskId[] {
  return [...new Set(words.flatMap(parseRange))];
}

/** Numbers to paste into a command, neighbours as ranges; `undefined` where there are too many. */
export function taskIdText(ids: readonly TaskId[]): string | undefined {
  const ranges = rangesOf(ids);
  return ranges.length > RANGES_NAMED ? undefined : ranges.join(' ');
}

/** `#1-12, #15`; where there are too many, the first ones and how many in all. */
export function taskIdNames(ids: readonly TaskId[]): string {
  const ranges = rangesOf(ids).map((range) => `#${range}`);
  return ranges.length > RANGES_NAMED ? `${ranges.slice(0, RANGES_NAMED).join(', ')}, … ${ids.length} in all` : ranges.join(', ');
}

/** `12`, or `12-40` for neighbours. */
function rangesOf(ids: readonly TaskId[]): readonly string[] {
  const ranges: { from: number; to: number }[] = [];
  for (const id of [...ids].sort((a, b) => a - b)) {
    const last = ranges.at(-1);
    if (last?.to === id - 1) last.to = id;
    else ranges.push({ from: id, to: id });
  }
  return ranges.map(({ from, to }) => (from === to ? String(from) : `${from}-${to}`));
}

function parseRange(word: string): readonly TaskId[] {
  const [, from, to] = /^#?([1-9]\d{0,14})-#?([1-9]\d{0,14})$/.exec(word) ?? [];
  if (from === undefined || to === undefined) return [parseTaskId(word)];
  const length = Number(to) - Number(from) + 1;
  if (length < 1 || length > LONGEST_RANGE) throw new UserError(`Expected a range of task numbers such as \`12-40\`, got \`${word}\`.`);
  return Array.from({ length }, (_, index) => taskId(Number(from) + index));
}

export function parseTaskId(word: string): TaskId {
  if (!/^#?[1-9]\d{0,14}$/.test(word)) throw new UserError(`Expected the number of a task, such as \`12\`, got \`${word}\`; \`parallel-workflow list\` shows the numbers.`);
  return taskId(Number(word.replace('#', '')));
}

/** The one task that `show` and `log` are about. */
export function parseOnlyTaskId(words: readonly string[]): TaskId {
  const [word, ...more] = words;
  if (word === undefined) throw new UserError('Expected the number of a task, such as `12`; `parallel-workflow list` shows the numbers.');
  if (more.length > 0) throw new UserError(`Expected one task, got ${words.length}: ${words.join(' ')}.`);
  return parseTaskId(word);
}

export function requireTaskIds(words: readonly string[], instead?: string): readonly TaskId[] {
  if (words.length === 0) throw new UserError(`Expected at least one task, such as \`12\`${instead === undefined ? '' : `, or ${instead}`}; \`parallel-workflow list\` shows the numbers.`);
  return parseTaskIds(words);
}
