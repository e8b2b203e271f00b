import path from 'node:path';
import * as vscode from 'vscode';
import type { Log } from '../../core/base/log.ts';
import { messageOf } from '../../core/base/user-error.ts';

/** The part of the Python extension's face that is used here. */
interface PythonExtension {
  readonly environments: {
    getActiveEnvironmentPath(resource?: vscode.Uri): { readonly path: string };
    resolveEnvironment(environment: { readonly path: string }): Promise<{ readonly executable: { readonly uri: vscode.Uri | undefined } } | undefined>;
  };
}

export const PYTHON_EXTENSION = 'ms-python.python';

/** Queueing does not wait longer for another extension; the engine then looks for a Python itself. */
const PATIENCE_MS = 4000;

/** The interpreter that is chosen in the Python extension for a file; `undefined` when there is none to be had. */
export async function chosenPython(file: vscode.Uri, log: Log): Promise<string | undefined> {
  const extension = vscode.extensions.getExtension<PythonExtension>(PYTHON_EXTENSION);
  if (extension === undefined) return undefined;
  try {
    return await within(PATIENCE_MS, ask(extension, file));
  } catch (error) {
    log.write('warn', `The Python extension does not say which interpreter is chosen: ${messageOf(error)}`);
    return undefined;
  }
}

async function ask(extension: vscode.Extension<PythonExtension>, file: vscode.Uri): Promise<string | undefined> {
  const { environments } = extension.isActive ? extension.exports : await extension.activate();
  const active = environments.getActiveEnvironmentPath(file);
  const resolved = await environments.resolveEnvironment(active);
  const program = resolved?.executable.uri?.fsPath ?? active.path;
  return path.isAbsolute(program) ? program : undefined;
}

async function within<T>(ms: number, work: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const tooLong = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`no answer within ${ms / 1000} s`)), ms);
  });
  try {
    return await Promise.race([work, tooLong]);
  } finally {
    clearTimeout(timer);
  }
}
