import type { ConfigProblem } from '../../core/config/parse-config.ts';
import type { SettingSource } from '../../core/settings/setting-in-force.ts';

/** One setting, its value in force, and who said so. */
export interface EffectiveSetting {
  readonly key: string;
  readonly value: unknown;
  readonly from: readonly SettingSource[];
}

/** Something wrong in a file, and what holds instead. */
export interface EffectiveProblem {
  readonly path: string;
  readonly problem: ConfigProblem;
}

/** The configuration in force as JSON with comments that say where each value comes from, and what of that is wrong. `nameOf` shortens a path for people. */
export function effectiveText(settings: readonly EffectiveSetting[], problems: readonly EffectiveProblem[], section: string, nameOf: (path: string) => string): string {
  const told = problems.filter(({ problem }) => problem.severity !== 'hint');
  const linesOf = (about: readonly EffectiveProblem[], indent: string): string => about.map((each) => `${indent}// ${describeProblem(each, nameOf)}\n`).join('');
  const keys = new Set(settings.map(({ key }) => key));
  const entries = settings.map(({ key, value, from }) => {
    const text = JSON.stringify(value ?? null, null, 2).replaceAll('\n', '\n  ');
    return `${linesOf(told.filter(({ problem }) => problem.key === key), '  ')}  // ${from.map((source) => describeSource(source, nameOf)).join(', then ')}\n  ${JSON.stringify(`${section}.${key}`)}: ${text}`;
  });
  const others = linesOf(told.filter(({ problem }) => problem.key === undefined || !keys.has(problem.key)), '');
  return `// What is in force in this window, and who says so. Order: built in < user settings < files of the project < workspace settings.\n${others}{\n${entries.join(',\n')}\n}\n`;
}

/** In one line, whatever names it repeats. */
function describeProblem({ path, problem: { severity, message, place } }: EffectiveProblem, nameOf: (path: string) => string): string {
  return `${severity}: ${nameOf(path)}:${place.line + 1}: ${message}`.replaceAll(/[\r\n\u2028\u2029]/g, ' ');
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
