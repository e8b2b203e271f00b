/** Raised whenever a change of ours makes other findings of the same text, so that kept ones are not used any more. */
export const RULES_REVISION = 1;

/** Above this a function is told to be too complex: McCabe's own limit. */
export const MAX_COMPLEXITY = 10;

/**
 * What is looked for: what breaks (`F`, `E9`, `PLE`), what is likely wrong (`B`, `W605`, `RUF006`), what costs time (`PERF`,
 * `ASYNC`, `FURB129`, `RUF015`, `RUF017`), how complex functions are (`C901`), and the plainest of style. A project's own
 * configuration is not read: grades are for comparing scripts, and the built-in build cannot read it.
 */
const SELECTED = ['E4', 'E7', 'E9', 'F', 'W605', 'B', 'C4', 'C901', 'PERF', 'ASYNC', 'PLE', 'RUF006', 'RUF015', 'RUF017', 'FURB129'];

/** The newest Python that the oldest accepted ruff knows: no syntax of today is called an error. */
const TARGET = 'py314';

/** Of the WASM build that comes along: known without loading it, so that kept findings can be used at once. */
export const BUILT_IN_RUFF = '0.17.3';

/** The oldest ruff that knows all rules and the target. */
export const OLDEST_RUFF = [0, 12, 0] as const;

/** With a limit of 0 ruff tells the complexity of every function. */
const EVERY_FUNCTION = 0;

/** Arguments of `ruff check`, before the files. */
export const RUFF_ARGUMENTS: readonly string[] = [
  'check', '--isolated', '--no-cache', '--no-force-exclude', '--no-preview', '--exit-zero', '--output-format', 'json',
  '--target-version', TARGET, '--select', SELECTED.join(','), '--config', `lint.mccabe.max-complexity=${EVERY_FUNCTION}`,
];

/** The same for the WASM build. */
export const WASM_SETTINGS = {
  'target-version': TARGET,
  preview: false,
  lint: { select: SELECTED, mccabe: { 'max-complexity': EVERY_FUNCTION } },
} as const;

/** Rules of the selection whose findings are left out: they would have every `zip`, `map` and `batched` say that it is not strict. */
export const LEFT_OUT: ReadonlySet<string> = new Set(['B905', 'B911', 'B912']);

/** What ruff sees of a package's entry from the file's path, which the WASM build is not told; nobody runs such a file. */
export function isUnknowable(code: string, message: string): boolean {
  return code === 'F401' || code === 'F822' || (code === 'F821' && message.includes('`__path__`'));
}
