import fs from 'node:fs';
import path from 'node:path';
import * as vscode from 'vscode';
import { JsonPlaces } from '../../core/config/json-places.ts';
import { movedInFile } from '../../core/config/move-schedule.ts';
import type { EnginePort } from '../../core/engine/engine-port.ts';
import type { ScheduleChange } from '../../core/model/recommendation.ts';
import { HostError } from '../host-error.ts';

/** Changes at which time of day a schedule comes due, wherever it is kept: in the store, or in a file of the project. */
export class ScheduleTimes {
  private readonly engine: Pick<EnginePort, 'moveSchedule'>;

  constructor(engine: Pick<EnginePort, 'moveSchedule'>) {
    this.engine = engine;
  }

  /** False when the schedule is gone, or has been changed: it does not come due at `from`. */
  move({ schedule, name, file }: ScheduleChange, from: number, to: number): Promise<boolean> {
    return file === undefined ? this.engine.moveSchedule(schedule, from, to) : moveInFile(file, name, from, to);
  }
}

async function moveInFile(file: string, name: string, from: number, to: number): Promise<boolean> {
  const [shown, uri] = [path.basename(file), vscode.Uri.file(file)];
  const open = [{ title: vscode.l10n.t('Open'), run: () => vscode.window.showTextDocument(uri) }];
  if (!fs.existsSync(file)) return false;
  const isDirty = vscode.workspace.textDocuments.some((document) => document.isDirty && document.uri.fsPath === uri.fsPath);
  if (isDirty) throw new HostError(vscode.l10n.t('{0} has unsaved changes. Save it first.', shown), open);
  const text = new TextDecoder().decode(await fs.promises.readFile(file));
  const { value, errors } = new JsonPlaces(text);
  if (errors.length > 0) throw new HostError(vscode.l10n.t('{0} is no valid JSON. Correct it first; the editor shows where.', shown), open);
  const moved = movedInFile(text, value, name, from, to);
  if (moved === undefined) return false;
  await fs.promises.writeFile(file, moved);
  return true;
}
