import type { EnginePort } from '../../core/engine/engine-port.ts';

/** Keeps the engine told which files have unsaved changes: one call at a time, the latest set last. */
export class UnsavedReport {
  private readonly engine: Pick<EnginePort, 'setUnsaved'>;
  private readonly onError: (error: unknown) => void;
  private wanted: readonly string[] = [];
  private told: readonly string[] | undefined = [];
  private sending = false;

  constructor(engine: Pick<EnginePort, 'setUnsaved'>, onError: (error: unknown) => void) {
    this.engine = engine;
    this.onError = onError;
  }

  /** Tells at once, unless a call is under way. */
  set(files: readonly string[]): void {
    this.wanted = files;
    void this.send();
  }

  /** For a new engine, which knows of nothing. */
  again(): void {
    this.told = undefined;
    void this.send();
  }

  private async send(): Promise<void> {
    if (this.sending) return;
    this.sending = true;
    while (!isSame(this.wanted, this.told)) {
      const files = this.wanted;
      this.told = files;
      try {
        await this.engine.setUnsaved(files);
      } catch (error) {
        this.told = undefined;
        this.onError(error);
        break;
      }
    }
    this.sending = false;
  }
}

function isSame(a: readonly string[], b: readonly string[] | undefined): boolean {
  return a.length === b?.length && a.every((file, index) => file === b[index]);
}
