import { readFileSync, writeFileSync } from 'node:fs';
import type { ChatEnd, ChatFailure, ChatPart } from '../../../src/agent/window/bridge-message.ts';
import { ModelFailure } from '../../../src/agent/window/model-failure.ts';
import type { ChatQuestion, WindowService } from '../../../src/agent/window/window-service.ts';
import { BridgeServer } from '../../../src/host/agents/bridge-server.ts';

/** What the model does next. */
export type FakeAnswer =
  | { readonly say: string; readonly calls?: readonly { readonly name: string; readonly input: unknown }[]; readonly end?: Partial<ChatEnd> }
  | { readonly fail: ChatFailure }
  /** The window goes away before the answer is complete. */
  | { readonly vanish: string }
  /** Answers when it is told to end. */
  | { readonly hang: true };

interface Owner {
  after(clean: () => void): void;
}

/** A window of VS Code behind a real bridge: its models answer by script, its editors hold what a test puts there. */
export class FakeWindow implements WindowService {
  readonly questions: ChatQuestion[] = [];
  readonly typed = new Map<string, string>();
  readonly errors: unknown[] = [];
  aborted = 0;
  private readonly script: (question: ChatQuestion, count: number) => FakeAnswer;
  private server: BridgeServer | undefined;
  private calls = 0;

  private constructor(script: FakeWindow['script']) {
    this.script = script;
  }

  static async open(t: Owner, home: string, roots: readonly string[], script: FakeWindow['script']): Promise<FakeWindow> {
    const window = new FakeWindow(script);
    t.after(() => window.close());
    await window.serve(home, roots);
    return window;
  }

  /** Is there again after `close`, as after a reload. */
  async serve(home: string, roots: readonly string[]): Promise<void> {
    this.server = await BridgeServer.open({ home, roots, service: this, onError: (error) => void this.errors.push(error) });
  }

  close(): void {
    this.server?.dispose();
    this.server = undefined;
  }

  async chat(question: ChatQuestion, onPart: (part: ChatPart) => void, signal: AbortSignal): Promise<ChatEnd> {
    this.questions.push(structuredClone(question));
    const answer = this.script(question, this.questions.length);
    if ('fail' in answer) throw new ModelFailure(answer.fail);
    if ('hang' in answer) {
      await new Promise<void>((resolve) => signal.addEventListener('abort', () => resolve()));
      this.aborted++;
      throw new Error('aborted');
    }
    if ('vanish' in answer) {
      onPart({ type: 'text', text: answer.vanish });
      // What was said before the end of the connection arrives first.
      setImmediate(() => this.close());
      return new Promise(() => undefined);
    }
    for (const text of answer.say.match(/.{1,5}/gsu) ?? []) onPart({ type: 'text', text });
    for (const { name, input } of answer.calls ?? []) onPart({ type: 'toolCall', call: `call-${++this.calls}`, name, input });
    return { type: 'chat', model: 'fake-model', inputTokens: 100, outputTokens: 20, maxInputTokens: 10_000, ...answer.end };
  }

  unsaved(file: string): Promise<string | undefined> {
    return Promise.resolve(this.typed.get(file));
  }

  replace(file: string, before: string | undefined, after: string): ReturnType<WindowService['replace']> {
    if (this.typed.has(file)) return Promise.resolve({ type: 'unsaved' });
    let now: string | undefined;
    try {
      now = readFileSync(file, 'utf8');
    } catch {
      now = undefined;
    }
    if (now !== before) return Promise.resolve({ type: now === after ? 'done' : 'changed' });
    writeFileSync(file, after);
    return Promise.resolve({ type: 'done' });
  }
}
