import path from 'node:path';
import * as vscode from 'vscode';
import { UserError } from '../../core/base/user-error.ts';
import type { FileUse, FileUser } from '../../core/model/files/file-use.ts';
import { describeHolders, userName } from '../../core/present/files/describe-users.ts';
import { claimPlace } from '../../core/present/format/file-place.ts';
import { oneLine } from '../../core/present/format/one-line.ts';
import { useIcon } from '../../core/present/files/present-file-use.ts';
import { workspaceRoots } from '../workspace-roots.ts';
import { activeFile } from './active-file.ts';
import type { LockWatch } from './lock-watch.ts';

/** A holder of a file, with the claim by which it holds it: the file's own, or a folder's or a glob's that covers it. */
export interface Held {
  readonly file: string;
  readonly use: FileUse;
  readonly user: FileUser;
}

export interface WantedHolder {
  readonly fits: (user: FileUser) => boolean;
  /** Only files and folders claimed by name, no globs. */
  readonly byName?: boolean;
  /** Heading of the pick lists, such as “Release Lock”. */
  readonly title: string;
  /** Told when no holder fits. */
  readonly none: string;
}

/** Files offered in a pick list. */
const MOST = 500;

/** The file a command is about: the row or the resource it was called on, else the active file when it is held, else one that is picked. */
export async function targetFile(
  watch: LockWatch,
  wanted: WantedHolder,
  target: unknown,
): Promise<{ readonly file: string; readonly uses: readonly FileUse[]; readonly user?: FileUser } | undefined> {
  if (isUserRow(target)) return { file: target.parent.use.path, uses: [target.parent.use], user: target.user };
  if (isUseRow(target)) return { file: target.use.path, uses: [target.use] };
  const called = fileOf(target);
  if (called !== undefined) return { file: called, uses: watch.usesOf(called) };
  const active = activeFile();
  if (active !== undefined && heldIn(active, watch.usesOf(active), wanted).length > 0) return { file: active, uses: watch.usesOf(active) };
  const use = await pickUse(watch, wanted);
  return use === undefined ? undefined : { file: use.path, uses: [use] };
}

/** The holder a command is about; of several, one that is picked. */
export async function targetHolder(watch: LockWatch, wanted: WantedHolder, target: unknown): Promise<Held | undefined> {
  const found = await targetFile(watch, wanted, target);
  if (found === undefined) return undefined;
  if (found.user !== undefined && wanted.fits(found.user)) return { file: found.file, use: found.uses[0]!, user: found.user };
  const held = heldIn(found.file, found.uses, wanted);
  if (held.length === 0) throw new UserError(vscode.l10n.t('{0}: {1}', oneLine(path.basename(found.file)), wanted.none));
  return held.length === 1 ? held[0] : pickHolder(held, wanted);
}

function heldIn(file: string, uses: readonly FileUse[], { fits }: WantedHolder): readonly Held[] {
  return uses.flatMap((use) => use.holders.filter(fits).map((user) => ({ file, use, user })));
}

async function pickUse(watch: LockWatch, wanted: WantedHolder): Promise<FileUse | undefined> {
  const roots = workspaceRoots();
  const uses = watch.uses.filter(({ holders, glob }) => holders.some(wanted.fits) && (glob === '' || wanted.byName !== true)).slice(0, MOST);
  if (uses.length === 0) throw new UserError(wanted.none);
  const items = uses.map((use) => ({ label: `$(${useIcon(use).icon}) ${oneLine(claimPlace(use, roots))}`, description: describeHolders(use), use }));
  return (await vscode.window.showQuickPick(items, { title: wanted.title, placeHolder: vscode.l10n.t('Pick a file in use'), matchOnDescription: true }))?.use;
}

async function pickHolder(held: readonly Held[], wanted: WantedHolder): Promise<Held | undefined> {
  const items = held.map((one) => ({ label: oneLine(userName(one.user)), description: one.user.mode === 'write' ? vscode.l10n.t('writes') : vscode.l10n.t('reads'), held: one }));
  return (await vscode.window.showQuickPick(items, { title: wanted.title, placeHolder: vscode.l10n.t('Pick who holds it') }))?.held;
}

function fileOf(target: unknown): string | undefined {
  if (target instanceof vscode.Uri) return target.fsPath;
  return isObject(target) && typeof target.path === 'string' ? target.path : undefined;
}

function isUseRow(target: unknown): target is { readonly use: FileUse } {
  return isObject(target) && target.kind === 'use';
}

function isUserRow(target: unknown): target is { readonly user: FileUser; readonly parent: { readonly use: FileUse } } {
  return isObject(target) && target.kind === 'user';
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}
