import { fork } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { systemProcessTable } from '../src/core/process/system-process-table.ts';
import type { Figure } from './figure.ts';
import { NODE_FLAGS } from './run-process.ts';
import type { Section, SectionResult } from './section.ts';

/** Every process that a section starts carries this variable, so that none outlives it. */
const MARK = 'PARALLEL_WORKFLOW_BENCH';

export type SectionReply = { readonly figures: readonly Figure[]; readonly notes: readonly string[] } | { readonly failure: string };

/** Measures a section in a process of its own: its memory, its failure and what it leaves behind are no other section's. */
export async function runSection(section: Section, parent: string, leftMs: number): Promise<SectionResult> {
  const scratch = path.join(parent, section.name);
  fs.mkdirSync(scratch);
  try {
    return { name: section.name, title: section.title, figures: [], notes: [], ...(await replyOf(section, scratch, Math.min(section.limitMs, leftMs))) };
  } finally {
    await endLeftovers(scratch);
  }
}

function replyOf(section: Section, scratch: string, limitMs: number): Promise<SectionReply> {
  return new Promise((resolve) => {
    const child = fork(new URL('processes/section.ts', import.meta.url), [section.name, scratch], {
      env: { ...process.env, [MARK]: scratch, PARALLEL_WORKFLOW_HOME: scratch },
      execArgv: NODE_FLAGS,
      stdio: ['ignore', 2, 2, 'ipc'],
    });
    const limit = setTimeout(() => {
      resolve({ failure: `it took longer than ${(limitMs / 1000).toFixed(0)} s` });
      child.kill('SIGKILL');
    }, limitMs);
    child.once('message', (reply) => resolve(reply as SectionReply));
    child.once('error', (error) => resolve({ failure: error.message }));
    child.once('exit', (code, signal) => {
      clearTimeout(limit);
      resolve({ failure: `its process ended with ${signal ?? `code ${code}`} before it had figures` });
    });
  });
}

async function endLeftovers(scratch: string): Promise<void> {
  const table = systemProcessTable();
  for (const pid of await table.marked(MARK, scratch)) await table.signal(pid, 'SIGKILL');
}
