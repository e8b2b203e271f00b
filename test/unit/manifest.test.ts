import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { SPEC_FIELDS } from '../../src/core/spec/raw-spec.ts';
import { AGENT_WORDS, COMMANDS, CONTEXTS, DASHBOARD_TAB, FILE_WORDS, LOCKED_COLOR, PANEL_CONTAINER, PANEL_VIEWS, ROLE_WORDS, SCHEDULE_WORDS, SECTION, SETTINGS, TASK_TYPE, TASK_WORDS, TREE_COMMANDS, VIEW_CONTAINER, VIEWS, WALKTHROUGH } from '../../src/host/ids.ts';
import { SCRIPT_EXTENSIONS } from '../../src/host/queueing/script-kinds.ts';
import { readSettings } from '../../src/host/settings/read-settings.ts';
import { specOf } from '../../src/host/tasks/task-definition.ts';

interface Setting {
  readonly type: string;
  readonly default: unknown;
  readonly scope?: string;
  readonly order?: number;
  readonly markdownDescription?: string;
  readonly minimum?: number;
  readonly enum?: readonly string[];
  readonly markdownEnumDescriptions?: readonly string[];
}
interface MenuItem {
  readonly command: string;
  readonly when?: string;
}

interface Manifest {
  readonly icon: string;
  readonly capabilities: { readonly untrustedWorkspaces: { readonly restrictedConfigurations: readonly string[] } };
  readonly contributes: {
    readonly commands: readonly (MenuItem & { readonly enablement?: string })[];
    readonly menus: Readonly<Record<string, readonly MenuItem[]>>;
    readonly keybindings: readonly MenuItem[];
    readonly configuration: readonly { readonly properties: Readonly<Record<string, Setting>> }[];
    readonly viewsContainers: { readonly activitybar: readonly Named[]; readonly panel: readonly Named[] };
    readonly views: Readonly<Record<string, readonly Named[]>>;
    readonly walkthroughs: readonly Named[];
    readonly colors: readonly Named[];
    readonly taskDefinitions: readonly { readonly type: string; readonly properties: Readonly<Record<string, unknown>> }[];
  };
}
interface Named {
  readonly id: string;
}

const root = fileURLToPath(new URL('../..', import.meta.url));
const text = readFileSync(`${root}/package.json`, 'utf8');
const manifest = JSON.parse(text) as Manifest;
const nls = JSON.parse(readFileSync(`${root}/package.nls.json`, 'utf8')) as Record<string, string>;
const { contributes } = manifest;
const settings = Object.fromEntries(contributes.configuration.flatMap(({ properties }) => Object.entries(properties)));
const menuItems = Object.values(contributes.menus).flat();
const conditions = [...menuItems, ...contributes.keybindings, ...contributes.commands.map(({ enablement }) => ({ when: enablement }))].flatMap(({ when }) => when ?? []);

const sorted = (values: Iterable<string>): readonly string[] => [...new Set(values)].sort();

test('the commands of the manifest are those of the code', () => {
  assert.deepEqual(sorted(contributes.commands.map(({ command }) => command)), sorted(Object.values(COMMANDS)));
});

test('menus, keys, welcome texts and walkthrough steps call commands that exist', () => {
  const known: readonly string[] = [...Object.values(COMMANDS), ...Object.values(TREE_COMMANDS)];
  const linked = [...JSON.stringify(nls).matchAll(/command:(parallelWorkflow[\w.]*)/g)].map(([, command]) => command!);
  const completing = [...text.matchAll(/onCommand:(parallelWorkflow[\w.]*)/g)].map(([, command]) => command!);
  const called = [...menuItems.map(({ command }) => command), ...contributes.keybindings.map(({ command }) => command), ...linked, ...completing];
  assert.deepEqual(sorted(called).filter((command) => !known.includes(command)), []);
});

test('the settings of the manifest are those of the code', () => {
  assert.deepEqual(sorted(Object.keys(settings)), sorted(Object.values(SETTINGS).map((key) => `${SECTION}.${key}`)));
});

test('each setting has a scope, a description, a place and, where it is a number, bounds', () => {
  const incomplete = Object.entries(settings).filter(
    ([, { type, scope, order, markdownDescription, minimum, ...rest }]) =>
      scope === undefined || order === undefined || markdownDescription === undefined || (/number|integer/.test(type) && minimum === undefined) || rest.enum?.length !== rest.markdownEnumDescriptions?.length,
  );
  assert.deepEqual(incomplete.map(([name]) => name), []);
});

test('the defaults of the manifest are read without a complaint and are those of the code', () => {
  const fromManifest = readSettings((key) => settings[`${SECTION}.${key}`]!.default);
  assert.deepEqual(fromManifest, { ...readSettings(() => undefined), problems: [] });
});

test('what names a program or a folder is restricted without trust', () => {
  const { restrictedConfigurations } = manifest.capabilities.untrustedWorkspaces;
  const programs = [SETTINGS.programs, SETTINGS.agentsClaudeProgram, SETTINGS.agentsClaudeProjectHooks, SETTINGS.agentsClaudeAllow, SETTINGS.agentsAutogenPython, SETTINGS.agentsAutogenBaseUrl, SETTINGS.agentsAutogenKeyVariable];
  for (const key of [...programs, SETTINGS.agentOutputs]) assert.ok(restrictedConfigurations.includes(`${SECTION}.${key}`), key);
  assert.deepEqual(restrictedConfigurations.filter((name) => !(name in settings)), []);
});

test('conditions ask for context keys that the code sets, and for each of them', () => {
  const asked = conditions.flatMap((when) => when.match(/\bparallelWorkflow\.\w+/g) ?? []).filter((key) => !([...Object.values(VIEWS), ...Object.values(PANEL_VIEWS)] as readonly string[]).includes(key));
  assert.deepEqual(sorted(asked), sorted(Object.values(CONTEXTS)));
});

test('menus of the tree ask for the words that its rows have, and for each of them', () => {
  const asked = conditions.flatMap((when) => [.../viewItem =~ \/\\b\(?([\w|]+)\)?\\b\//.exec(when)?.[1]?.split('|') ?? []]);
  assert.deepEqual(sorted(asked), sorted(['task', ...TASK_WORDS, ...FILE_WORDS, ...ROLE_WORDS, ...AGENT_WORDS, ...SCHEDULE_WORDS]));
});

test('views, containers, tab, colour, walkthrough and task type are called the same', () => {
  assert.deepEqual(contributes.viewsContainers.activitybar.map(({ id }) => id), [VIEW_CONTAINER]);
  assert.deepEqual(contributes.views[VIEW_CONTAINER]?.map(({ id }) => id), Object.values(VIEWS));
  assert.deepEqual(contributes.viewsContainers.panel.map(({ id }) => id), [PANEL_CONTAINER]);
  assert.deepEqual(contributes.views[PANEL_CONTAINER]?.map(({ id }) => id), Object.values(PANEL_VIEWS));
  assert.ok(text.includes(`"onWebviewPanel:${DASHBOARD_TAB}"`));
  assert.deepEqual(contributes.colors.map(({ id }) => id), [LOCKED_COLOR]);
  assert.deepEqual(contributes.walkthroughs.map(({ id }) => id), [WALKTHROUGH]);
  assert.deepEqual(contributes.taskDefinitions.map(({ type }) => type), [TASK_TYPE]);
});

test('each English text is used, and each used one is there', () => {
  const used = [...text.matchAll(/"%([^%"]+)%"/g)].map(([, key]) => key!);
  assert.deepEqual(sorted(Object.keys(nls)), sorted(used));
});

test('titles are in title case', () => {
  const small = new Set(['as', 'in', 'with', 'by', 'from', 'and', 'of', 'a', 'the', 'at', 'why']);
  const wrong = Object.entries(nls).filter(([key, title]) => key.startsWith('command.') && title.split(' ').some((word, index) => /^[a-z]/.test(word) !== (index > 0 && small.has(word.toLowerCase()))));
  assert.deepEqual(wrong, []);
});

test('files that the manifest names are there, and in the package', () => {
  const named = [manifest.icon, ...[...text.matchAll(/"((?:\.\/)?(?:media|schemas)\/[^"]+)"/g)].map(([, file]) => file!)];
  assert.deepEqual(named.filter((file) => !existsSync(`${root}/${file}`)), []);
  const packed = readFileSync(`${root}/.vscodeignore`, 'utf8').split('\n').filter((line) => line.startsWith('!')).map((line) => new RegExp(`^${line.slice(1).replaceAll('.', '\\.').replaceAll('*', '[^/]*')}$`));
  assert.deepEqual(named.map((file) => file.replace(/^\.\//, '')).filter((file) => !packed.some((pattern) => pattern.test(file))), []);
});

test('a task in tasks.json has the fields of a spec', () => {
  const { properties } = contributes.taskDefinitions[0]!;
  const own = ['batch', 'task'];
  const offered = Object.keys(properties).filter((name) => !own.includes(name));
  const spec = specOf(Object.fromEntries(offered.map((name) => [name, name])), 'name');
  assert.deepEqual(sorted(Object.keys(spec)), sorted(['name', 'type', ...offered.filter((name) => name !== 'taskType')]));
  assert.deepEqual(Object.keys(spec).filter((field) => !SPEC_FIELDS.includes(field)), []);
});

test('menus offer to queue the scripts that can be run', () => {
  const extensions = conditions.flatMap((when) => /resourceExtname =~ \/\^\\\.\(([\w|]+)\)\$\//.exec(when)?.[1] ?? []);
  assert.ok(extensions.length > 0);
  assert.deepEqual(sorted(extensions), [SCRIPT_EXTENSIONS.join('|')]);
});
