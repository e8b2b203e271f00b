// Bundles the extension, the engine's worker, the command line, the agents' runner and the dashboard's page into dist/.
//   --production  minified, without source maps     --watch  again whenever a source changes
//   --sizes       print what each bundle weighs     --tests  the host tests too, into out/test/host/
import { chmodSync, copyFileSync, mkdirSync, readdirSync, rmSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import esbuild from 'esbuild';
import { extensionSizes, mostAtActivation } from './scripts/loaded-with.mjs';

const root = dirname(fileURLToPath(import.meta.url));
const flags = new Set(process.argv.slice(2));
const production = flags.has('--production');

/** Libraries too heavy to be read at every start: each is a file of its own, by this name, read when it is imported. */
const loadedOnUse = { systeminformation: 'systeminformation', '@astral-sh/ruff-wasm-nodejs': 'ruff-wasm', yaml: 'yaml' };

/** What such a library reads from beside itself, and the licence that a program made by others comes with. */
const copied = {
  'ruff_wasm_bg.wasm': '@astral-sh/ruff-wasm-nodejs/ruff_wasm_bg.wasm',
  'ruff-wasm.LICENSE.txt': '@astral-sh/ruff-wasm-nodejs/LICENSE',
};

const common = {
  absWorkingDir: root,
  bundle: true,
  platform: 'node',
  target: 'node20',
  external: ['vscode'],
  minify: production,
  keepNames: production,
  sourcemap: !production,
  sourcesContent: false,
  legalComments: 'none',
  // What some libraries name as their main file hides its parts from a bundler.
  mainFields: ['module', 'main'],
  logLevel: 'warning',
};

const commonJs = {
  ...common,
  format: 'cjs',
  outExtension: { '.js': '.cjs' },
  // What runs from a bundle and what runs from its source find their neighbours in the same way.
  define: { 'import.meta.url': 'moduleUrl', 'import.meta.dirname': '__dirname', 'import.meta.filename': '__filename' },
  banner: { js: "const moduleUrl = require('node:url').pathToFileURL(__filename).href;" },
};

/** Leaves those libraries out of a bundle, from whose folder `dist` leads to them. */
const apart = (dist = '.') => ({
  name: 'loaded-on-use',
  setup(build) {
    build.onResolve({ filter: new RegExp(`^(${Object.keys(loadedOnUse).join('|')})$`) }, ({ path, kind }) => {
      if (kind === 'dynamic-import') return { path: `${dist}/${loadedOnUse[path]}.cjs`, external: true };
      return { errors: [{ text: `Expected a dynamic import of ${path}: it is loaded on use` }] };
    });
  },
});

const extension = join(root, 'src', 'extension.ts');

/**
 * Lets each part that is loaded on use import what is loaded at activation, which is there by then. All of the latter
 * thus has the same users, and the bundler puts it into one file instead of one for every set of parts that share it.
 */
const afterActivation = {
  name: 'after-activation',
  setup(build) {
    build.onResolve({ filter: /^\./ }, ({ path, kind, resolveDir }) => (kind === 'dynamic-import' ? { path: join(resolveDir, path), namespace: 'on-use' } : undefined));
    build.onLoad({ filter: /.*/, namespace: 'on-use' }, ({ path }) => ({
      contents: `import ${JSON.stringify(extension)};\nexport * from ${JSON.stringify(path)};`,
      resolveDir: root,
    }));
  },
};

const builds = [
  {
    // Each `await import()` becomes a file that is loaded on use; what several have in common is there once.
    ...common,
    entryPoints: { main: extension },
    outdir: 'dist/extension',
    format: 'esm',
    splitting: true,
    plugins: [apart('..'), afterActivation],
  },
  {
    ...commonJs,
    entryPoints: {
      'engine-worker': 'src/host/engine-worker.ts',
      'assessment-worker': 'src/host/assessment/assessment-worker.ts',
      'ruff-thread': 'src/core/assessment/wasm-thread.ts',
    },
    outdir: 'dist',
    plugins: [apart()],
  },
  {
    ...common,
    entryPoints: { cli: 'src/cli/main.ts', agent: 'src/agent/main.ts', hosted: 'src/hosted/main.ts' },
    outdir: 'dist',
    format: 'esm',
    plugins: [apart()],
    // CommonJS libraries inside the bundle ask for Node's modules with `require`.
    banner: { js: "#!/usr/bin/env node\nimport { createRequire } from 'node:module';\nconst require = createRequire(import.meta.url);" },
  },
  { ...commonJs, entryPoints: Object.entries(loadedOnUse).map(([library, out]) => ({ in: library, out })), outdir: 'dist', sourcemap: false },
  {
    ...common,
    entryPoints: ['main.ts', 'dashboard.css'].map((file) => ({ in: `webview-ui/${file}`, out: 'dashboard' })),
    outdir: 'dist/webview',
    platform: 'browser',
    target: 'es2022',
    format: 'iife',
    // A page of a window loads no file but its own two.
    sourcemap: production ? false : 'inline',
  },
];

const hostTests = {
  ...commonJs,
  entryPoints: ['test/host/index.ts', 'test/host/**/*.test.ts'],
  outdir: 'out/test/host',
  outbase: 'test/host',
  external: ['vscode', 'mocha'],
  minify: false,
  sourcemap: 'inline',
};

function copyFiles() {
  for (const [name, source] of Object.entries(copied)) copyFileSync(join(root, 'node_modules', source), join(root, 'dist', name));
}

function printSizes() {
  for (const name of readdirSync(join(root, 'dist'), { recursive: true }).filter((file) => /\.(c?js|css)$/.test(file))) {
    const { size } = statSync(join(root, 'dist', name));
    console.log(`${kilobytes(size).padStart(8)} kB  dist/${name}`);
  }
  const { atActivation, whole } = extensionSizes();
  console.log(`At activation ${kilobytes(atActivation)} kB of dist/extension/ are loaded, of ${kilobytes(whole)} kB.`);
}

function checkActivation() {
  const { atActivation } = extensionSizes();
  if (atActivation <= mostAtActivation) return;
  console.error(`Expected at most ${kilobytes(mostAtActivation)} kB to be loaded at activation, got ${kilobytes(atActivation)} kB. Import what is not needed at once where it is used, by \`await import()\`; --sizes lists the files.`);
  process.exitCode = 1;
}

function kilobytes(bytes) {
  return (bytes / 1000).toFixed(1);
}

// A window may be running what is in dist/: it is emptied for a release only.
if (production) rmSync(join(root, 'dist'), { recursive: true, force: true });
if (flags.has('--tests')) {
  rmSync(join(root, hostTests.outdir), { recursive: true, force: true });
  builds.push(hostTests);
}
if (flags.has('--watch')) {
  mkdirSync(join(root, 'dist'), { recursive: true });
  copyFiles();
  const contexts = await Promise.all(builds.map((build) => esbuild.context({ ...build, logLevel: 'info' })));
  await Promise.all(contexts.map((context) => context.watch()));
} else {
  await Promise.all(builds.map((build) => esbuild.build(build))).catch(() => process.exit(1));
  chmodSync(join(root, 'dist', 'cli.js'), 0o755);
  copyFiles();
  if (flags.has('--sizes')) printSizes();
  if (production) checkActivation();
}
