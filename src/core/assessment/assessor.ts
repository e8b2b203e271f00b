import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import type { Clock } from '../base/clock.ts';
import type { ProgramFinder } from '../launch/find-program.ts';
import type { Assessment } from './assessment.ts';
import type { AssessedFile } from './assessed-file.ts';
import { findRuff, type FoundRuff, type RuffPlaces } from './choose-runner.ts';
import { expandFolders } from './find-scripts.ts';
import { Look } from './look.ts';
import { WasmRunner } from './wasm-runner.ts';

/** Files between two tellings of how far it is. */
const PORTION = 100;

export interface AssessorOptions {
  /** State folder, in which findings are kept. */
  readonly home: string;
  readonly clock: Clock;
  readonly finder: ProgramFinder;
}

export interface AssessRequest extends RuffPlaces {
  /** Files and folders; absolute. */
  readonly paths: readonly string[];
}

export interface AssessProgress {
  /** What was found since the last telling. */
  readonly files: readonly AssessedFile[];
  readonly done: number;
  readonly total: number;
}

/** Looks at scripts, and keeps ruff at hand from one look to the next. */
export class Assessor {
  private readonly options: AssessorOptions;
  private readonly found = new Map<string, Promise<FoundRuff>>();
  private readonly builtIn: WasmRunner;

  constructor(options: AssessorOptions) {
    this.options = options;
    this.builtIn = new WasmRunner(options.clock);
  }

  /**
   * What there is to say of some files and of the scripts in some folders; those that have not changed since the last look
   * are not read. What cannot be looked at is in the answer with the reason.
   * @throws UserError when no ruff can be started; the signal's reason when it is aborted.
   */
  async assess(request: AssessRequest, onProgress: (progress: AssessProgress) => void = () => undefined, signal?: AbortSignal): Promise<Assessment> {
    const { home, clock } = this.options;
    const { runner: program, notes } = await this.find(request);
    const paths = await expandFolders(request.paths);
    const look = new Look(program, this.builtIn, home, clock);
    const files: AssessedFile[] = [];
    for (let first = 0; first < paths.length; first += PORTION) {
      signal?.throwIfAborted();
      const found = await look.at(paths.slice(first, first + PORTION), signal);
      files.push(...found);
      onProgress({ files: found, done: files.length, total: paths.length });
    }
    await look.save();
    return { files: files.sort((a, b) => (a.path < b.path ? -1 : 1)), runner: look.runner.identity, notes, read: look.read, reused: look.reused };
  }

  close(): Promise<void> {
    return this.builtIn.close();
  }

  private async find(places: RuffPlaces): Promise<FoundRuff> {
    const { ruff, python, workspace, allowPrograms } = places;
    const key = JSON.stringify([ruff, python, workspace, allowPrograms]);
    const known = this.found.get(key);
    if (known !== undefined) return known;
    // Python loads modules from where it runs: that has to be a folder of ours.
    const folder = path.join(this.options.home, 'assessment');
    const made = await mkdir(folder, { recursive: true, mode: 0o700 }).then(() => true, () => false);
    const finding = findRuff({ ...places, allowPrograms: allowPrograms && made }, this.options.finder, folder);
    this.found.set(key, finding);
    return finding;
  }
}
