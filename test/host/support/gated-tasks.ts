import { randomUUID } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import * as vscode from 'vscode';
import type { TaskId } from '../../../src/core/model/ids.ts';
import { COMMANDS } from '../../../src/host/ids.ts';
import { eventually, fileUri, type Observer } from './observer.ts';

export interface GatedTasks {
  readonly ids: readonly TaskId[];
  /** Lets them come to their end. */
  readonly open: () => void;
}

const gates = new Set<string>();

// A test that failed must not leave others waiting for what its tasks hold.
afterEach(function () {
  if (this.currentTest?.state !== 'passed') for (const gate of gates) writeFileSync(gate, '');
});

/** Tasks that run until the test opens their gate; resolves when their scripts have said that they run. */
export async function gatedTasks(observer: Observer, count = 1, fields: Readonly<Record<string, unknown>> = {}): Promise<GatedTasks> {
  const tasks = await queueGated(observer, count, fields);
  await Promise.all(tasks.ids.map((id) => untilItRuns(observer, id)));
  return tasks;
}

/** The same, when they are queued. */
export async function queueGated(observer: Observer, count: number, fields: Readonly<Record<string, unknown>>): Promise<GatedTasks> {
  const gate = fileUri(`gate-${randomUUID()}`).fsPath;
  gates.add(gate);
  const batch = fileUri('gated.parallel.json');
  writeFileSync(batch.fsPath, JSON.stringify({ tasks: Array.from({ length: count }, () => ({ script: 'gate.sh', args: [gate], ...fields })) }));
  const ids = await observer.newTasks(count, () => vscode.commands.executeCommand(COMMANDS.queueBatch, batch), ({ spec }) => spec.args.includes(gate));
  return { ids, open: () => writeFileSync(gate, '') };
}

export async function untilItRuns(observer: Observer, id: TaskId): Promise<void> {
  const { run } = await observer.reaches(id, 'running');
  const output = path.join(run!.folder, 'stdout');
  await eventually('the script to begin', () => (existsSync(output) && readFileSync(output, 'utf8').includes('waiting') ? true : undefined));
}
