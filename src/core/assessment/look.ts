import type { Clock } from '../base/clock.ts';
import { AssessmentCache, holdsSameText } from './assessment-cache.ts';
import { assessText } from './assess-text.ts';
import type { AssessedFile } from './assessed-file.ts';
import { inParallel } from './in-parallel.ts';
import { isSameStamp, readScript, stampOf, type FileStamp } from './read-script.ts';
import type { RuffAnswer, RuffRunner, Source } from './ruff-runner.ts';
import { RULES_REVISION } from './rules.ts';
import { textHash } from './text-hash.ts';

const READERS = 16;
/** A file that changes while ruff reads it is looked at so many times in all. */
const TRIES = 3;

interface ReadSource extends Source {
  readonly stamp: FileStamp;
  readonly readAt: number;
}

/** One look at many files, by one ruff. */
export class Look {
  read = 0;
  reused = 0;
  readonly runner: RuffRunner;
  private readonly builtIn: RuffRunner;
  private readonly cache: AssessmentCache;
  private readonly clock: Clock;
  private readonly rules: string;

  /** @param program a ruff to be run; the built-in one does it without. @param home the state folder. */
  constructor(program: RuffRunner | undefined, builtIn: RuffRunner, home: string, clock: Clock) {
    const runner = program ?? builtIn;
    this.runner = runner;
    this.builtIn = builtIn;
    this.cache = new AssessmentCache(home);
    this.clock = clock;
    this.rules = `${RULES_REVISION} ${runner.identity.kind} ${runner.identity.version}`;
  }

  /** What there is to say of each of these files. */
  async at(paths: readonly string[], signal: AbortSignal | undefined): Promise<readonly AssessedFile[]> {
    const files: AssessedFile[] = [];
    let open = paths;
    for (let tries = 1; open.length > 0; tries++) {
      const sources: ReadSource[] = [];
      await inParallel(open, READERS, async (file) => {
        const result = await this.readOrReuse(file);
        if ('text' in result) sources.push(result);
        else files.push(result);
      });
      const answers = await this.ask(sources, signal);
      const changed = this.runner.readsFiles ? await changedSince(sources) : new Set<string>();
      for (const source of sources) if (!changed.has(source.path)) files.push(await this.keep(source, answers.get(source.path)));
      open = [...changed];
      if (tries === TRIES) return [...files, ...open.map((file) => ({ type: 'skipped', path: file, reason: 'changing' }) as const)];
    }
    return files;
  }

  save(): Promise<void> {
    return this.cache.save();
  }

  private async readOrReuse(file: string): Promise<ReadSource | AssessedFile> {
    const stamped = await stampOf(file);
    if (stamped.type === 'skipped') return stamped;
    const { stamp } = stamped;
    const known = await this.cache.get(file);
    if (known?.rules === this.rules && holdsSameText(known, stamp)) {
      this.reused++;
      return known.file;
    }
    const readAt = this.clock.now();
    const read = await readScript(file);
    this.read++;
    if (read.type === 'skipped') {
      if (read.reason === 'not-utf8') await this.cache.put(file, { stamp, readAt, rules: this.rules, file: read });
      return read;
    }
    const isSame = known?.rules === this.rules && known.file.type === 'assessed' && known.file.hash === textHash(read.text);
    if (!isSame) return { ...read, stamp, readAt };
    await this.cache.put(file, { ...known, stamp, readAt });
    return known.file;
  }

  /** A program that crashes takes all its files along; the built-in build tells which of them it was. */
  private async ask(sources: readonly Source[], signal: AbortSignal | undefined): Promise<ReadonlyMap<string, RuffAnswer>> {
    if (sources.length === 0) return new Map();
    try {
      return await this.runner.check(sources, signal);
    } catch (error) {
      signal?.throwIfAborted();
      if (this.runner === this.builtIn) throw error;
      return this.builtIn.check(sources, signal);
    }
  }

  private async keep(source: ReadSource, answer: RuffAnswer | undefined): Promise<AssessedFile> {
    const { path: file, text, stamp, readAt } = source;
    if (answer?.type !== 'checked') return { type: 'skipped', path: file, reason: 'failed', ...(answer !== undefined && { detail: answer.why }) };
    const assessed = assessText(file, text, answer.diagnostics);
    await this.cache.put(file, { stamp, readAt, rules: this.rules, file: assessed });
    return assessed;
  }
}

/** Files whose text may be another than the one that was read. */
async function changedSince(sources: readonly ReadSource[]): Promise<ReadonlySet<string>> {
  const changed = new Set<string>();
  await inParallel(sources, READERS, async ({ path: file, stamp }) => {
    const now = await stampOf(file);
    if (now.type === 'skipped' || !isSameStamp(now.stamp, stamp)) changed.add(file);
  });
  return changed;
}
