import path from 'node:path';
import { JsonPlaces, type Place } from '../../core/config/json-places.ts';
import { merged } from '../../core/config/merge-config.ts';
import { readText } from '../../core/base/read-text.ts';
import { messageOf } from '../../core/base/user-error.ts';
import { AGENT_FIELDS, type AgentField } from '../../core/config/config-values.ts';
import { ENGINE_SETTINGS, SECTION, type EngineSettingKey } from '../../core/settings/setting-keys.ts';

const MOST_BYTES = 2 ** 20;
const START: Place = { line: 0, column: 0, endLine: 0, endColumn: 1 };
const KEYS = [...Object.values(ENGINE_SETTINGS), ...AGENT_FIELDS];

type Key = EngineSettingKey | AgentField;

/** Why a file says nothing now. */
interface Unreadable {
  readonly path: string;
  readonly place: Place;
  readonly message: string;
  /** Whether what it said before is in force. */
  readonly isHeld: boolean;
}

interface ReadSettings {
  readonly file: string;
  readonly values: ReadonlyMap<Key, unknown>;
  readonly places: JsonPlaces;
}

/** What the workspace settings of VS Code, `.vscode/settings.json`, say to an engine. A file that is no JSON keeps its last values. */
export class WorkspaceSettings {
  private readonly files: readonly string[];
  private read: readonly ReadSettings[] = [];

  constructor(roots: readonly string[]) {
    this.files = roots.map((root) => path.join(root, '.vscode', 'settings.json'));
  }

  /** Looks at all files anew; resolves with what is wrong with them. */
  async look(): Promise<readonly Unreadable[]> {
    const found = await Promise.all(this.files.map((file) => this.readFile(file)));
    this.read = found.flatMap(({ settings }) => settings ?? []);
    return found.flatMap(({ problem }) => problem ?? []);
  }

  /** Of several folders the later has the last word; objects are put together field by field. */
  value(key: Key): unknown {
    return this.read.reduce<unknown>((value, { values }) => merged(value, values.get(key)), undefined);
  }

  /** Where the field of a setting was written; `undefined` when no workspace settings say anything of it. */
  placeOf(field: string): { readonly path: string; readonly place: Place } | undefined {
    const key = KEYS.filter((known) => field === known || field.startsWith(`${known}.`)).sort((a, b) => b.length - a.length)[0];
    const by = key === undefined ? undefined : this.read.findLast(({ values }) => values.has(key));
    if (key === undefined || by === undefined) return undefined;
    const inner = field.slice(key.length + 1);
    return { path: by.file, place: by.places.placeAt([`${SECTION}.${key}`, ...(inner === '' ? [] : inner.split('.'))]) };
  }

  private async readFile(file: string): Promise<{ readonly settings?: ReadSettings; readonly problem?: Unreadable }> {
    const before = this.read.find((other) => other.file === file);
    const keep = before === undefined ? {} : { settings: before };
    const unreadable = (place: Place, message: string): Unreadable => ({ path: file, place, message, isHeld: before !== undefined });
    try {
      const places = new JsonPlaces(await readText(file, MOST_BYTES));
      const [wrong] = places.errors;
      if (wrong !== undefined) return { ...keep, problem: unreadable(wrong.place, `This is no JSON: ${wrong.message}`) };
      const written = (typeof places.value === 'object' && places.value !== null ? places.value : {}) as Readonly<Record<string, unknown>>;
      return { settings: { file, places, values: new Map(KEYS.flatMap((key) => (Object.hasOwn(written, `${SECTION}.${key}`) ? [[key, written[`${SECTION}.${key}`]] as const] : []))) } };
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      return code === 'ENOENT' || code === 'ENOTDIR' ? {} : { ...keep, problem: unreadable(START, `It cannot be read: ${messageOf(error)}`) };
    }
  }
}
