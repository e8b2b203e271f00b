import fs from 'node:fs';
import path from 'node:path';
import type { Surroundings } from './surroundings.ts';
import { compareVersions } from './version-order.ts';

type Places = Pick<Surroundings, 'env' | 'home' | 'platform' | 'arch' | 'systemFolders' | 'claudeExtension'>;

const EXTENSION = 'anthropic.claude-code';
/** Where editors of the family keep their extensions, below the person's folder. */
const EDITORS = ['.vscode', '.vscode-server', '.vscode-insiders', '.vscode-server-insiders'];

/**
 * Where Claude Code may lie besides the PATH, the likeliest first: its own installer's places, those of npm and Homebrew,
 * then what its VS Code extension brings along. Not all of them exist.
 */
export function claudePlaces(places: Places): readonly string[] {
  const { env, home, platform } = places;
  const names = platform === 'win32' ? ['claude.exe', 'claude.cmd'] : ['claude'];
  const own = [path.join(home, '.local', 'bin'), path.join(home, '.claude', 'local')];
  const npm = npmPrefixes(places);
  const tools = [path.join(home, '.bun', 'bin'), path.join(home, '.volta', 'bin'), ...(env.PNPM_HOME === undefined ? [] : [env.PNPM_HOME])];
  const folders = [...own, ...npm.map(({ programs }) => programs), ...tools];
  return [
    ...folders.flatMap((folder) => names.map((name) => path.join(folder, name))),
    ...npm.flatMap(({ modules }) => payloads(modules, places)),
    ...bundled(places).map((folder) => path.join(folder, 'resources', 'native-binary', names[0]!)),
  ];
}

interface Prefix {
  readonly programs: string;
  readonly modules: string;
}

function npmPrefixes({ env, home, platform, systemFolders }: Places): readonly Prefix[] {
  if (platform === 'win32') return [...given(env), ...(env.APPDATA === undefined ? [] : [path.join(env.APPDATA, 'npm')])].map((prefix) => ({ programs: prefix, modules: path.join(prefix, 'node_modules') }));
  const versions = path.join(home, '.nvm', 'versions', 'node');
  const prefixes = [...given(env), path.join(home, '.npm-global'), ...newestFirst(foldersIn(versions)).map((name) => path.join(versions, name)), ...systemFolders.map((folder) => path.dirname(folder))];
  return prefixes.map((prefix) => ({ programs: path.join(prefix, 'bin'), modules: path.join(prefix, 'lib', 'node_modules') }));
}

function given(env: NodeJS.ProcessEnv): readonly string[] {
  const prefix = env.NPM_CONFIG_PREFIX ?? env.npm_config_prefix;
  return prefix === undefined || prefix === '' ? [] : [prefix];
}

/** npm may have been kept from running the installer's script: the program then lies in its own package only. */
function payloads(modules: string, { platform, arch }: Places): readonly string[] {
  const scope = '@anthropic-ai';
  const file = path.join(`claude-code-${platform}-${arch}`, platform === 'win32' ? 'claude.exe' : 'claude');
  return [path.join(modules, scope, 'claude-code', 'node_modules', scope, file), path.join(modules, scope, file)];
}

/** Folders of the VS Code extension: this window's first, then the newest of what lies in the usual places. */
function bundled({ claudeExtension, home }: Places): readonly string[] {
  const found = EDITORS.flatMap((editor) => {
    const folder = path.join(home, editor, 'extensions');
    return newestFirst(foldersIn(folder).filter((name) => name.startsWith(`${EXTENSION}-`))).map((name) => path.join(folder, name));
  });
  return [...(claudeExtension === undefined ? [] : [claudeExtension]), ...found];
}

function newestFirst(names: readonly string[]): readonly string[] {
  return [...names].sort((a, b) => compareVersions(b, a));
}

function foldersIn(folder: string): readonly string[] {
  try {
    return fs.readdirSync(folder);
  } catch {
    return [];
  }
}
