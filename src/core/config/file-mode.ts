import type { ExecutionMode, FileMode } from '../model/agents/execution-mode.ts';
import type { FoundConfig } from './config-reader.ts';
import type { MergedConfig } from './merge-config.ts';

const KEY = 'agents.executionMode';

/** What the files of a project ask for, and the one that has the last word. `auto` asks for nothing. */
export function fileMode({ values }: Pick<MergedConfig, 'values'>): FileMode | undefined {
  const found = values.get(KEY);
  const by = found?.sources.at(-1);
  return by === undefined || found?.value === 'auto' ? undefined : { mode: found?.value as ExecutionMode, file: by.path };
}

/** Files whose word on it cannot be told now. */
export function unclearModes(files: readonly FoundConfig[]): readonly string[] {
  return files.filter(({ unclear }) => unclear.includes(KEY)).map(({ path }) => path);
}
