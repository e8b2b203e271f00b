import type { EnginePort } from '../engine/engine-port.ts';
import type { ConfigProblem } from '../config/parse-config.ts';
import type { JsonPath } from '../config/json-places.ts';
import type { Problem } from '../spec/problem.ts';
import type { FoundConfig } from '../config/config-reader.ts';

export interface ConfigAppliedPorts {
  readonly engine: Pick<EnginePort, 'syncFileSchedules' | 'schedules'>;
  readonly readText: (file: string) => Promise<string>;
}

/** Carries out the schedules that files hold. */
export class ConfigApplied {
  private readonly ports: ConfigAppliedPorts;
  /** Files whose schedules the engine has, with their roots. */
  private synced: ReadonlyMap<string, string> = new Map();

  constructor(ports: ConfigAppliedPorts) {
    this.ports = ports;
  }

  /** The files of these roots; resolves with what is wrong with schedules, by file. */
  async apply(roots: readonly string[], files: readonly FoundConfig[]): Promise<ReadonlyMap<string, readonly ConfigProblem[]>> {
    const problems = new Map<string, readonly ConfigProblem[]>();
    const now = new Map<string, string>();
    for (const { file, path, root, inForce } of files) {
      if (file !== 'scheduler' || inForce === undefined) continue;
      now.set(path, root);
      const schedules = (inForce.find(({ key }) => key === 'schedules')?.value ?? []) as readonly unknown[];
      const wrong = await this.ports.engine.syncFileSchedules(root, path, schedules);
      if (wrong.length > 0) problems.set(path, await this.placed(path, wrong));
    }
    // What another engine read from a file that is gone by now has to go as well. No roots would mean the whole machine.
    for (const { schedule } of roots.length === 0 ? [] : await this.ports.engine.schedules(roots)) {
      if (schedule.source.type === 'file' && !now.has(schedule.source.path)) this.synced = new Map([...this.synced, [schedule.source.path, schedule.workspace]]);
    }
    for (const [path, root] of this.synced) if (!now.has(path) && !files.some((file) => file.path === path)) await this.ports.engine.syncFileSchedules(root, path, []);
    this.synced = now;
    return problems;
  }

  private async placed(path: string, wrong: readonly Problem[]): Promise<readonly ConfigProblem[]> {
    const { JsonPlaces } = await import('../config/json-places.ts');
    const places = new JsonPlaces(await this.ports.readText(path));
    return wrong.map(({ where, message }) => ({ severity: 'error', message: where === '' ? message : `\`${where}\`: ${message}`, place: places.placeAt(pathOf(where)) }));
  }
}

/** `schedules[0].daily` → its parts. */
function pathOf(where: string): JsonPath {
  return [...where.matchAll(/[^.[\]]+/g)].map(([part]) => (/^\d+$/.test(part) ? Number(part) : part));
}
