import { merged, type ConfigSource } from '../config/merge-config.ts';

/** What VS Code knows of a setting, scope by scope. */
export interface InspectedSetting {
  readonly defaultValue?: unknown;
  readonly globalValue?: unknown;
  readonly workspaceValue?: unknown;
  readonly workspaceFolderValue?: unknown;
}

/** Who has the last word on a value. */
export type SettingSource = { readonly type: 'builtIn' | 'user' | 'workspace' } | { readonly type: 'file'; readonly sources: readonly ConfigSource[] };

export interface SettingInForce {
  readonly value: unknown;
  /** The strongest of those that set it; of an object, all that set a part of it. */
  readonly from: readonly SettingSource[];
}

/** Built in, then the person's settings, then the project's files, then the settings of the workspace; objects field by field. Pure. */
export function settingInForce(inspected: InspectedSetting | undefined, file: { readonly value: unknown; readonly sources: readonly ConfigSource[] } | undefined): SettingInForce {
  const layers: readonly (readonly [unknown, SettingSource])[] = [
    [inspected?.defaultValue, { type: 'builtIn' }],
    [inspected?.globalValue, { type: 'user' }],
    [file?.value, { type: 'file', sources: file?.sources ?? [] }],
    [inspected?.workspaceValue, { type: 'workspace' }],
    [inspected?.workspaceFolderValue, { type: 'workspace' }],
  ];
  let value: unknown;
  let from: SettingSource[] = [];
  for (const [layer, source] of layers) {
    if (layer === undefined) continue;
    const isPart = isObject(value) && isObject(layer) && Object.keys(value).length > 0;
    value = merged(value, layer);
    from = isPart ? [...from, source] : [source];
  }
  return { value, from };
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
