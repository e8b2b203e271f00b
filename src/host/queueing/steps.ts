import * as vscode from 'vscode';
import { messageOf } from '../../core/base/user-error.ts';

export const BACK = Symbol('back');

/** Where a question stands among several. */
export interface Place {
  readonly title: string;
  readonly step: number;
  readonly totalSteps: number;
}

/** One question of several. Resolves with `BACK` to ask the one before again, with `undefined` to leave. */
export type Step<Draft> = (draft: Draft, place: Place) => Promise<Draft | typeof BACK | undefined>;

/** Asks one question after the other; going back keeps what was answered. `undefined` when it was left. */
export function askInSteps<Draft>(title: string, first: Draft, steps: readonly Step<Draft>[]): Promise<Draft | undefined> {
  return askAlong(title, first, () => steps);
}

/** The same where later questions depend on earlier answers. */
export async function askAlong<Draft>(title: string, first: Draft, stepsFor: (draft: Draft) => readonly Step<Draft>[]): Promise<Draft | undefined> {
  const drafts: Draft[] = [first];
  for (;;) {
    const step = drafts.length;
    const steps = stepsFor(drafts[step - 1]!);
    if (step > steps.length) break;
    const answer = await steps[step - 1]!(drafts[step - 1]!, { title, step, totalSteps: steps.length });
    if (answer === undefined) return undefined;
    if (answer === BACK) drafts.length = Math.max(1, drafts.length - 1);
    else drafts.push(answer);
  }
  return drafts.at(-1);
}

interface PickOptions<Item extends vscode.QuickPickItem> extends Place {
  readonly placeholder: string;
  readonly items: readonly Item[] | Promise<readonly Item[]>;
  /** Shown as chosen at first. */
  readonly isChosen: (item: Item) => boolean;
  readonly many?: boolean;
  /** The placeholder for those that are chosen of many. */
  readonly tell?: (chosen: readonly Item[]) => string;
}

/** A pick list that knows the way back. Rejects when its items cannot be had. */
export function pickStep<Item extends vscode.QuickPickItem>(options: PickOptions<Item>): Promise<readonly Item[] | typeof BACK | undefined> {
  const input = vscode.window.createQuickPick<Item>();
  Object.assign(input, {
    title: options.title,
    step: options.step,
    totalSteps: options.totalSteps,
    placeholder: options.placeholder,
    ignoreFocusOut: true,
    matchOnDescription: true,
  });
  input.canSelectMany = options.many ?? false;
  const fill = (items: readonly Item[]): void => {
    input.items = items;
    const chosen = items.filter(options.isChosen);
    if (input.canSelectMany) input.selectedItems = chosen;
    // The editor would mark every one of them.
    else input.activeItems = chosen.slice(0, 1);
    input.busy = false;
  };
  input.onDidChangeSelection((chosen) => {
    if (options.tell !== undefined) input.placeholder = options.tell(chosen);
  });
  input.busy = true;
  // Enter on an empty list answers nothing.
  const answered = untilAnswered(input, options.step, () => (input.canSelectMany || input.selectedItems.length > 0 ? input.selectedItems : undefined));
  return new Promise((resolve, reject) => {
    void answered.then(resolve);
    Promise.resolve(options.items).then(fill).catch((error: unknown) => {
      reject(error instanceof Error ? error : new Error(messageOf(error)));
      input.hide();
    });
  });
}

interface TextOptions extends Place {
  readonly prompt: string;
  /** The prompt for a text that nothing is wrong with. */
  readonly tell?: (text: string) => string;
  readonly placeholder: string;
  readonly value: string;
  /** What is wrong with a text; `undefined` when nothing is. */
  readonly check?: (text: string) => string | undefined;
}

/** A line of text that knows the way back. */
export function textStep(options: TextOptions): Promise<string | typeof BACK | undefined> {
  const input = vscode.window.createInputBox();
  const { title, step, totalSteps, prompt, placeholder, value } = options;
  Object.assign(input, { title, step, totalSteps, prompt, placeholder, value, ignoreFocusOut: true });
  const check = (): void => {
    input.validationMessage = options.check?.(input.value);
    if (options.tell !== undefined && input.validationMessage === undefined) input.prompt = options.tell(input.value);
  };
  if (options.tell !== undefined) check();
  input.onDidChangeValue(check);
  return untilAnswered(input, step, () => (options.check?.(input.value) === undefined ? input.value : undefined));
}

type Asking = (vscode.QuickPick<vscode.QuickPickItem> | vscode.InputBox) & { buttons: readonly vscode.QuickInputButton[] };

function untilAnswered<T>(input: vscode.QuickInput, step: number, answer: () => T | undefined): Promise<T | typeof BACK | undefined> {
  const asking = input as Asking;
  if (step > 1) asking.buttons = [vscode.QuickInputButtons.Back];
  return new Promise((resolve) => {
    asking.onDidTriggerButton(() => {
      resolve(BACK);
      asking.hide();
    });
    asking.onDidAccept(() => {
      const value = answer();
      if (value === undefined) return;
      resolve(value);
      asking.hide();
    });
    asking.onDidHide(() => {
      resolve(undefined);
      asking.dispose();
    });
    asking.show();
  });
}
