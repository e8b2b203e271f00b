import type { Json } from '../base/json.ts';
import { UserError } from '../base/user-error.ts';

/** What a project has to be looked through for. */
export interface ProjectFacts {
  /** Relative to the workspace, with `/`. */
  readonly files: readonly string[];
  /** The text of Python files among them that may hold tests. */
  readonly texts: ReadonlyMap<string, string>;
  /** Settings of the role. */
  readonly options: Readonly<Record<string, Json>>;
}

/** GUI tests that one program runs. Paths are relative to the workspace. */
export type GuiSuite =
  /** `folder` is that of the configuration file; empty for the workspace itself. */
  | { readonly type: 'playwright'; readonly folder: string; readonly config: string }
  | { readonly type: 'pytest'; readonly files: readonly string[] }
  /** `junit`: where it writes its report; without it, where it is told to. */
  | { readonly type: 'command'; readonly argv: readonly string[]; readonly junit: string | undefined };

const PLAYWRIGHT = /(?:^|\/)playwright\.config\.(?:ts|js|mjs)$/;
const PYTHON_TEST = /(?:^|\/)(?:test_[^/]*|[^/]*_test)\.py$/;
const TOOLKIT = /^[ \t]*(?:import|from)[ \t]+(?:PyQt\d|PySide\d|tkinter|pytestqt|selenium|playwright)\b/m;
const MARK = /\bpytest\.mark\.(?:gui|qt|browser)\b/;

export function mayHoldGuiTests(file: string): boolean {
  return PYTHON_TEST.test(file);
}

/**
 * The GUI tests of a project: the role's command if it has one, else what is found. Pure.
 * @throws UserError for options that cannot be read.
 */
export function findGuiTests({ files, texts, options }: ProjectFacts): readonly GuiSuite[] {
  const { command, junit } = options;
  if (junit !== undefined && (typeof junit !== 'string' || junit === '')) throw wrong('junit', 'the path of the report that the command writes', junit);
  if (command !== undefined) {
    if (!isWords(command)) throw wrong('command', 'a list such as `["npm", "run", "test:gui"]`', command);
    return [{ type: 'command', argv: command, junit }];
  }
  if (junit !== undefined) throw new UserError('The role gui_testing: `options.junit` only goes with `options.command`;', 'add the command, or take the path away.');
  const playwright = files.filter((file) => PLAYWRIGHT.test(file)).map((config): GuiSuite => ({ type: 'playwright', folder: config.slice(0, Math.max(0, config.lastIndexOf('/'))), config }));
  const python = files.filter((file) => mayHoldGuiTests(file) && isGui(texts.get(file) ?? '')).sort();
  return [...playwright, ...(python.length > 0 ? [{ type: 'pytest', files: python } as const] : [])];
}

/** Unique among the suites of a workspace, and the same the next time. */
export function suiteKey(suite: GuiSuite): string {
  return suite.type === 'playwright' ? `playwright ${suite.config}` : suite.type;
}

export function suiteLabel(suite: GuiSuite): string {
  switch (suite.type) {
    case 'playwright':
      return suite.folder === '' ? 'Playwright' : `Playwright: ${suite.folder}`;
    case 'pytest':
      return 'pytest';
    case 'command':
      return suite.argv.join(' ');
  }
}

function isGui(text: string): boolean {
  return TOOLKIT.test(text) || MARK.test(text);
}

function isWords(value: Json): value is string[] {
  return Array.isArray(value) && value.length > 0 && value.every((word) => typeof word === 'string') && value[0] !== '';
}

function wrong(field: string, expected: string, got: unknown): UserError {
  return new UserError(`The role gui_testing: expected \`options.${field}\` to be ${expected}, got \`${JSON.stringify(got)}\`.`);
}
