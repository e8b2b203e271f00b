import type { ExecutionMode, FileMode } from '../model/agents/execution-mode.ts';
import type { MergedConfig } from './merge-config.ts';

/** What the files of a project ask for, and the one that has the last word. `auto` asks for nothing. */
export function fileMode({ values }: Pick<MergedConfig, 'values'>): FileMode | undefined {
  const found = values.get('agents.executionMode');
  const by = found?.sources.at(-1);
  return by === undefined || found?.value === 'auto' ? undefined : { mode: found?.value as ExecutionMode, file: by.path };
}
