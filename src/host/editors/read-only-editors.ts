import { Emitter } from '../../core/base/emitter.ts';

/** A resource in an editor. */
export interface EditedResource {
  /** Tells it from every other. */
  readonly key: string;
  readonly file: string;
}

/** The editor that has the focus, the only one whose state can be changed; the state is its resource's, for the session. */
export interface ActiveEditor<T extends EditedResource> {
  readonly resource: T | undefined;
  setReadOnly(): PromiseLike<unknown>;
  /** Back to what the user's settings and the file's permissions say. */
  reset(): PromiseLike<unknown>;
  /** Brings an editor of the resource to the front; the answer brings back what was there before. */
  reveal(resource: T): Promise<() => Promise<unknown>>;
}

/** Known to be set by us; or an order was given while another editor came to the front, and may have met either. */
type State = 'set' | 'unsure';

/** Where it is kept which resources were made read-only, for an extension host that starts anew in the same session. */
export interface StateMemory {
  read(): readonly string[];
  write(keys: readonly string[]): void;
}

/**
 * Makes the editors of resources read-only for as long as they are to be, each when it is at the front: then it is
 * set, or set back. What the user has set for himself since is left alone until then.
 */
export class ReadOnlyEditors<T extends EditedResource> {
  private readonly active: ActiveEditor<T>;
  private readonly isWanted: (resource: T) => boolean;
  private readonly memory: StateMemory;
  private readonly onError: (error: unknown) => void;
  private readonly states: Map<string, State>;
  private readonly writable = new Map<string, number>();
  private readonly emitter = new Emitter<void>();
  private turn: Promise<void> = Promise.resolve();

  /** An editor was made read-only, or writable again. */
  readonly onDidChange = this.emitter.event;

  constructor(active: ActiveEditor<T>, isWanted: (resource: T) => boolean, memory: StateMemory, onError: (error: unknown) => void) {
    this.active = active;
    this.isWanted = isWanted;
    this.memory = memory;
    this.onError = onError;
    this.states = new Map(memory.read().map((key) => [key, 'unsure']));
  }

  isReadOnly(resource: EditedResource): boolean {
    return this.states.has(resource.key);
  }

  /** To be called when another editor is at the front, or what is to be read-only has changed. */
  review(): Promise<void> {
    this.turn = this.turn.then(() => this.settle()).catch(this.onError);
    return this.turn;
  }

  /** Does something that needs the resource to be writable, and makes sure that it is. */
  async whileWritable<R>(resource: T, act: () => Promise<R>): Promise<R> {
    this.writable.set(resource.key, (this.writable.get(resource.key) ?? 0) + 1);
    let goBack = (): Promise<unknown> => Promise.resolve();
    try {
      const opened = this.turn.then(async () => {
        if (!this.states.has(resource.key)) return;
        goBack = await this.active.reveal(resource);
        await this.settle();
      });
      this.turn = opened.catch(() => undefined);
      await opened;
      return await act();
    } finally {
      const uses = this.writable.get(resource.key)! - 1;
      if (uses === 0) this.writable.delete(resource.key);
      else this.writable.set(resource.key, uses);
      await this.review();
      await goBack();
    }
  }

  private async settle(): Promise<void> {
    for (let resource = this.active.resource; resource !== undefined; resource = this.active.resource) {
      const state = this.states.get(resource.key);
      const wanted = !this.writable.has(resource.key) && this.isWanted(resource);
      if (wanted ? state === 'set' : state === undefined) return;
      await (wanted ? this.active.setReadOnly() : this.active.reset());
      const front = this.active.resource;
      if (front?.key !== resource.key) {
        this.note(resource, 'unsure');
        if (front !== undefined) this.note(front, 'unsure');
      } else this.note(resource, wanted ? 'set' : undefined);
    }
  }

  private note({ key }: T, state: State | undefined): void {
    if (state === undefined) this.states.delete(key);
    else this.states.set(key, state);
    this.memory.write([...this.states.keys()]);
    this.emitter.fire();
  }
}
