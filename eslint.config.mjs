import js from '@eslint/js';
import ts from 'typescript-eslint';

/** Layers of the core, lowest first: a layer may import itself and those before it. */
const LAYERS = ['base', 'model', 'locks', 'spec', 'schedules', 'config', 'scheduler', 'strategy', 'process', 'machine', 'launch', 'assessment', 'agents', 'store', 'engine', 'settings', 'roles', 'gui-tests', 'present', 'milestones', 'care'];

const forbid = (files, patterns) => ({
  files,
  rules: { 'no-restricted-imports': ['error', { patterns }] },
});

const NO_HOST = { group: ['vscode', '**/host/**', '**/views/**', '**/cli/**', '**/agent/**', '**/hosted/**', '**/webview-ui/**'], message: 'The core runs without VS Code and without a face.' };

const DEPTHS = ['*.ts', '*/*.ts', '*/*/*.ts'];

const layers = LAYERS.flatMap((layer, index) => {
  const above = LAYERS.slice(index + 1);
  return DEPTHS.map((files, depth) => {
    const up = '../'.repeat(depth + 1);
    const patterns = [NO_HOST];
    if (above.length > 0) patterns.push({ group: above.map((other) => `${up}${other}/**`), message: `\`${layer}\` lies below these layers.` });
    return forbid([`src/core/${layer}/${files}`], patterns);
  });
});

// The one default export: ESLint asks for it.
export default ts.config(
  { ignores: ['dist/', 'out/', 'node_modules/', '.vscode-test/', '.cache/', 'examples/'] },
  js.configs.recommended,
  ...ts.configs.recommendedTypeChecked,
  ...ts.configs.stylisticTypeChecked,
  {
    languageOptions: { parserOptions: { projectService: { allowDefaultProject: ['*.mjs'] }, tsconfigRootDir: import.meta.dirname } },
    rules: {
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
      '@typescript-eslint/no-non-null-assertion': 'off',
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true, allowBoolean: true }],
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_' }],
      eqeqeq: 'error',
      'max-lines': ['error', { max: 300, skipBlankLines: true, skipComments: true }],
      'no-restricted-exports': ['error', { restrictDefaultExports: { direct: true, named: true, defaultFrom: true, namedFrom: true } }],
    },
  },
  ...layers,
  forbid(['src/views/**/*.ts'], [{ group: ['**/cli/**', '**/core/store/**', '**/core/process/**', '**/core/engine/engine.ts'], message: 'Views speak to the engine through its port.' }]),
  forbid(['src/cli/**/*.ts'], [{ group: ['vscode', '**/host/**', '**/views/**'], message: 'The command line runs without VS Code.' }]),
  forbid(['src/agent/**/*.ts'], [{ group: ['vscode', '**/host/**', '**/views/**', '**/cli/**'], message: 'The agents\' runner is a program of its own.' }]),
  forbid(['src/hosted/**/*.ts'], [{ group: ['vscode', '**/host/**', '**/views/**', '**/cli/**', '**/agent/**'], message: 'The program that has a window carry out a task is one of its own.' }]),
  forbid(['webview-ui/**/*.ts'], [{ group: ['vscode', 'node:*', '**/host/*', '**/cli/**', '**/core/store/**', '**/core/process/**', '**/core/engine/**'], message: 'The page knows models, words for them and its protocol.' }]),
  { files: ['src/core/**/*.ts'], rules: { 'no-restricted-properties': ['error', { object: 'Date', property: 'now', message: 'Time comes through the clock.' }] } },
  { files: ['src/core/base/clock.ts'], rules: { 'no-restricted-properties': 'off' } },
  { files: ['test/**/*.ts', 'bench/**/*.ts'], rules: { '@typescript-eslint/no-floating-promises': 'off', 'max-lines': 'off' } },
  { files: ['**/*.mjs', '**/*.d.mts'], extends: [ts.configs.disableTypeChecked], languageOptions: { globals: { process: 'readonly', console: 'readonly', URL: 'readonly', setTimeout: 'readonly', clearTimeout: 'readonly', setInterval: 'readonly', clearInterval: 'readonly', Buffer: 'readonly', fetch: 'readonly', AbortController: 'readonly', AbortSignal: 'readonly' } }, rules: { 'no-restricted-exports': 'off' } },
);
