import type { SettingSource } from '../../core/settings/setting-in-force.ts';

/** One setting, its value in force, and who said so. */
export interface EffectiveSetting {
  readonly key: string;
  readonly value: unknown;
  readonly from: readonly SettingSource[];
}

/** The configuration in force as JSON with comments that say where each value comes from. `nameOf` shortens a path for people. */
export function effectiveText(settings: readonly EffectiveSetting[], section: string, nameOf: (path: string) => string): string {
  const entries = settings.map(({ key, value, from }) => {
    const text = JSON.stringify(value ?? null, null, 2).replaceAll('\n', '\n  ');
    return `  // ${from.map((source) => describeSource(source, nameOf)).join(', then ')}\n  ${JSON.stringify(`${section}.${key}`)}: ${text}`;
  });
  return `// What is in force in this window, and who says so. Order: built in < user settings < files of the project < workspace settings.\n{\n${entries.join(',\n')}\n}\n`;
}

function describeSource(source: SettingSource, nameOf: (path: string) => string): string {
  switch (source.type) {
    case 'builtIn':
      return 'built in';
    case 'user':
      return 'user settings';
    case 'workspace':
      return 'workspace settings';
    case 'file':
      return source.sources.map(({ path, place }) => `${nameOf(path)}:${place.line + 1}`).join(', then ');
  }
}
