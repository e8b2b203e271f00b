import { Emitter } from '../../core/base/emitter.ts';

/** Files that an agent is changing through the editors of this window right now: what is unsaved in them for that moment is nobody's typing. */
export class AgentEdits {
  private readonly emitter = new Emitter<void>();
  private readonly files = new Map<string, number>();

  readonly onDidEnd = this.emitter.event;

  has(file: string): boolean {
    return this.files.has(file);
  }

  async during<R>(file: string, act: () => Promise<R>): Promise<R> {
    this.files.set(file, (this.files.get(file) ?? 0) + 1);
    try {
      return await act();
    } finally {
      const edits = this.files.get(file)! - 1;
      if (edits === 0) this.files.delete(file);
      else this.files.set(file, edits);
      this.emitter.fire();
    }
  }
}
