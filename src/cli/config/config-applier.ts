import { fileMode, unclearModes } from '../../core/config/file-mode.ts';
import type { EnginePort } from '../../core/engine/engine-port.ts';
import { ConfigApplied } from '../../core/settings/config-applied.ts';
import { problemLine, type ProjectConfig } from './project-config.ts';

/** Carries out what files say beside settings, for as long as somebody serves: schedules and, where `pins`, the execution mode. Resolves with what is wrong, a line each. */
export function configApplier(engine: EnginePort, roots: readonly string[], config: ProjectConfig, pins: boolean): () => Promise<readonly string[]> {
  const applied = new ConfigApplied(engine);
  let told: ReadonlySet<string> = new Set();
  return async () => {
    if (pins) await engine.syncFileMode(roots, fileMode(config.merged), unclearModes(config.files));
    const found = await applied.apply(roots, config.files);
    const lines = [...found].flatMap(([path, problems]) => problems.map((problem) => problemLine(path, problem)));
    const news = lines.filter((line) => !told.has(line));
    told = new Set(lines);
    return news;
  };
}
