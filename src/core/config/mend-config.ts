import { configIssues, type Wrong } from './config-issues.ts';
import type { ConfigFile } from './config-files.ts';
import { unitOf } from './config-unit.ts';
import { FallenBack, type Config, type Mend } from './fallen-back.ts';
import { RAW_CONFIG } from './raw-config.ts';
import { thresholdProblems } from './threshold-problems.ts';
import { isPlain } from './translate.ts';

export interface MendedConfig {
  /** Of what is written all that is right, and what stands in for the rest. */
  readonly config: Config;
  /** The same without careful values, which nobody wrote: what falls back `before` falls back to. */
  readonly said: Config;
  readonly wrong: readonly (Wrong & Mend)[];
}

/**
 * Keeps what is right of a configuration of today's shape. What is wrong falls back by itself: to what the file said `before`, else to a
 * careful value, else to nothing; what contradicts something goes back to `before` together with it. `undefined` when it is none at all,
 * or of a version whose fields may mean anything. Pure.
 */
export function mendConfig(file: ConfigFile, written: unknown, before: Config | undefined): MendedConfig | { readonly config: undefined; readonly wrong: readonly Wrong[] } {
  const schema = RAW_CONFIG[file];
  const fields = Object.keys(schema.def.shape);
  const issuesOf = (value: unknown): readonly Wrong[] => {
    const parsed = schema.safeParse(value);
    return parsed.success ? thresholdProblems(parsed.data) : configIssues(parsed.error.issues, value, fields);
  };
  const first = issuesOf(written);
  if (!isPlain(written) || first.some(({ path }) => path[0] === 'version')) return { config: undefined, wrong: first };
  const config = structuredClone(written);
  const fallen = new FallenBack(config, before ?? {});
  const told: Wrong[] = [];
  for (let wrong = first; wrong.length > 0; wrong = issuesOf(config)) {
    // What only a stand-in brought about is nobody's mistake.
    told.push(...wrong.filter(({ path, against }) => !fallen.has(unitOf(path)) && (against === undefined || !fallen.has(against.path))));
    for (const { path, isName, meant } of wrong) if (isName) fallen.leaveOut(path, meant);
    fallen.fall(wrong.filter(({ isName }) => !isName));
  }
  const parsed = schema.safeParse(config);
  if (!parsed.success) throw new Error(`A mended ${file} configuration is wrong: ${parsed.error.message}`);
  return { config: parsed.data, said: fallen.withoutCareful(parsed.data), wrong: told.map((each) => ({ ...each, ...fallen.mendOf(each) })) };
}
