import * as vscode from 'vscode';
import type { TaskId } from '../../core/model/ids.ts';
import { TASK_TYPE } from '../ids.ts';

/** What runs in a terminal: a view of a run's log, or a program with a keyboard. */
export type TerminalContent =
  | { readonly type: 'view'; readonly pty: vscode.Pseudoterminal; readonly again: () => vscode.Pseudoterminal }
  | { readonly type: 'program'; readonly argv: readonly string[]; readonly cwd: string; readonly env: Readonly<Record<string, string>> };

export interface TerminalRequest {
  readonly name: string;
  readonly task: TaskId;
  readonly folder: vscode.WorkspaceFolder | undefined;
  readonly content: TerminalContent;
}

export interface OpenTerminal {
  readonly terminal: vscode.Terminal;
  /** The VS Code task behind it, if it is one. */
  readonly execution: vscode.TaskExecution | undefined;
}

const APPEARS_WITHIN_MS = 10_000;
const ENDS_WITHIN_MS = 3000;
const LOOK_MS = 50;

/**
 * Opens a terminal in the background, as a VS Code task. VS Code saves every changed file before it starts a task: while
 * somebody is in the middle of an edit, an ordinary terminal is opened instead.
 */
export async function openTerminal(request: TerminalRequest): Promise<OpenTerminal> {
  if (startingATaskWouldSave()) {
    const terminal = plainTerminal(request);
    if (request.content.type === 'program') terminal.show(true);
    return { terminal, execution: undefined };
  }
  await otherIsOver(request.task);
  const opened = terminalNamed(request.name);
  try {
    const execution = await vscode.tasks.executeTask(vscodeTask(request));
    return { terminal: await opened.promise, execution };
  } finally {
    opened.dispose();
  }
}

/** VS Code would ask whether to end a task of the same definition first; one whose terminal was just closed is about to end. */
async function otherIsOver(id: TaskId): Promise<void> {
  const isIt = ({ task: { definition } }: vscode.TaskExecution): boolean => definition.type === TASK_TYPE && definition.task === id;
  if (!vscode.tasks.taskExecutions.some(isIt)) return;
  await new Promise<void>((resolve) => {
    const done = (): void => {
      clearTimeout(timer);
      subscription.dispose();
      resolve();
    };
    const timer = setTimeout(done, ENDS_WITHIN_MS);
    const subscription = vscode.tasks.onDidEndTask(({ execution }) => isIt(execution) && done());
  });
}

function startingATaskWouldSave(): boolean {
  if (vscode.workspace.getConfiguration('task').get('saveBeforeRun') === 'never') return false;
  return (
    vscode.workspace.textDocuments.some((document) => document.isDirty && !document.isUntitled) ||
    vscode.workspace.notebookDocuments.some((notebook) => notebook.isDirty && !notebook.isUntitled)
  );
}

function plainTerminal({ name, content }: TerminalRequest): vscode.Terminal {
  const look = { name, iconPath: new vscode.ThemeIcon('run-all'), isTransient: true };
  switch (content.type) {
    case 'view':
      return vscode.window.createTerminal({ ...look, pty: content.pty });
    case 'program':
      return vscode.window.createTerminal({ ...look, shellPath: content.argv[0]!, shellArgs: content.argv.slice(1), cwd: content.cwd, env: content.env });
  }
}

function vscodeTask({ name, task: id, folder, content }: TerminalRequest): vscode.Task {
  const execution = content.type === 'view' ? viewExecution(content) : new vscode.ProcessExecution(content.argv[0]!, content.argv.slice(1), { cwd: content.cwd, env: content.env });
  const task = new vscode.Task({ type: TASK_TYPE, task: id }, folder ?? vscode.TaskScope.Workspace, name, 'Parallel Workflow', execution, []);
  task.presentationOptions = {
    // A program that needs a keyboard is brought into sight; the focus stays where it is in any case.
    reveal: content.type === 'program' ? vscode.TaskRevealKind.Always : vscode.TaskRevealKind.Never,
    focus: false,
    echo: false,
    panel: vscode.TaskPanelKind.New,
    showReuseMessage: false,
    clear: false,
  };
  return task;
}

/** The view, and another one each time that VS Code runs the same task once more. */
function viewExecution({ pty, again }: Extract<TerminalContent, { type: 'view' }>): vscode.CustomExecution {
  let first: vscode.Pseudoterminal | undefined = pty;
  return new vscode.CustomExecution(() => {
    const next = first ?? again();
    first = undefined;
    return Promise.resolve(next);
  });
}

/** The next terminal of that name: a task does not tell which terminal it got. */
function terminalNamed(name: string): { readonly promise: Promise<vscode.Terminal>; dispose(): void } {
  const known = new Set(vscode.window.terminals);
  const isIt = (terminal: vscode.Terminal): boolean => !known.has(terminal) && terminal.name.endsWith(name);
  let dispose = (): void => undefined;
  const promise = new Promise<vscode.Terminal>((resolve, reject) => {
    const subscription = vscode.window.onDidOpenTerminal((terminal) => isIt(terminal) && resolve(terminal));
    // Some terminals get their name after they are told as open, and no event tells that.
    const look = setInterval(() => {
      const found = vscode.window.terminals.find(isIt);
      if (found !== undefined) resolve(found);
    }, LOOK_MS);
    const patience = setTimeout(() => reject(new Error(`VS Code did not open the terminal “${name}”`)), APPEARS_WITHIN_MS);
    dispose = () => {
      subscription.dispose();
      clearInterval(look);
      clearTimeout(patience);
    };
  });
  promise.catch(() => undefined);
  return { promise, dispose };
}
