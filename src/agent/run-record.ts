import fs from 'node:fs';
import path from 'node:path';
import type { AgentEvidence, AgentRefusal, AgentReport } from '../core/model/agents/agent-evidence.ts';
import { AGENT_FILES } from '../core/model/agents/agent-request.ts';
import type { AgentName } from '../core/model/agents/agent.ts';
import type { Clock } from '../core/base/clock.ts';
import type { TurnRecord } from './agent-driver.ts';
import { writeAtomically } from './write-atomically.ts';

/** Between two writes of a report that grows. */
const WRITE_MS = 500;
const LONGEST_ANSWER = 8000;
const MOST_REFUSALS = 200;
/** A raw event longer than this is kept as a note of its length: one line must not fill the disk. */
const LONGEST_EVENT = 256 * 1024;
const LONGEST_DIFF = 8 * 1024 * 1024;

/** Until a run has come to its end its report says that it broke off: that is the truth whenever nobody writes on. */
const BROKEN_OFF: AgentEvidence = { type: 'crashed', message: 'it ended before its agent did' };

/** Keeps what a run comes to in the files of its folder; see `AGENT_FILES`. */
export class RunRecord implements TurnRecord {
  private readonly folder: string;
  private readonly clock: Clock;
  private readonly events: number;
  private readonly files = new Set<string>();
  private report: AgentReport;
  private diffLength = 0;
  private cancelWrite: (() => void) | undefined;

  constructor(folder: string, agent: AgentName, clock: Clock) {
    this.folder = folder;
    this.clock = clock;
    this.events = fs.openSync(path.join(folder, AGENT_FILES.events), 'a');
    this.report = { agent, evidence: BROKEN_OFF, turns: 0, inputTokens: 0, outputTokens: 0, refusals: [], filesChanged: [] };
    this.write();
  }

  event(event: unknown): void {
    const line = JSON.stringify(event);
    try {
      fs.writeSync(this.events, `${line.length > LONGEST_EVENT ? JSON.stringify({ type: 'left_out', length: line.length, start: line.slice(0, 1000) }) : line}\n`);
    } catch {
      // A full disk costs what is kept for the curious, not the run.
    }
  }

  setModel(model: string): void {
    this.set({ model });
  }

  setSession(session: string): void {
    this.set({ session });
    // By it the conversation is found again even when this process is killed next.
    this.write();
  }

  setUsage(usage: Parameters<TurnRecord['setUsage']>[0]): void {
    this.set(usage);
  }

  refused(refusal: AgentRefusal): void {
    this.set({ refusals: [...this.report.refusals, refusal].slice(-MOST_REFUSALS) });
  }

  changed(file: string): void {
    if (this.files.has(file)) return;
    this.files.add(file);
    this.set({ filesChanged: [...this.files] });
  }

  /** A unified diff of what a call changed. */
  diff(text: string): void {
    if (text === '' || this.diffLength > LONGEST_DIFF) return;
    this.diffLength += text.length;
    fs.appendFileSync(path.join(this.folder, AGENT_FILES.diff), text.endsWith('\n') ? text : `${text}\n`);
    if (this.diffLength > LONGEST_DIFF) fs.appendFileSync(path.join(this.folder, AGENT_FILES.diff), '# What changed later is left out.\n');
  }

  setAnswer(text: string): void {
    this.set({ answer: text.length > LONGEST_ANSWER ? `…${text.slice(-LONGEST_ANSWER)}` : text });
  }

  /** The last word on the run. */
  end(evidence: AgentEvidence): AgentReport {
    this.report = { ...this.report, evidence };
    this.write();
    fs.closeSync(this.events);
    return this.report;
  }

  private set(news: { readonly [Key in keyof AgentReport]?: AgentReport[Key] | undefined }): void {
    const given = Object.fromEntries(Object.entries(news).filter(([, value]) => value !== undefined));
    this.report = { ...this.report, ...given };
    this.cancelWrite ??= this.clock.after(WRITE_MS, () => this.write());
  }

  private write(): void {
    this.cancelWrite?.();
    this.cancelWrite = undefined;
    writeAtomically(path.join(this.folder, AGENT_FILES.report), `${JSON.stringify(this.report, undefined, 1)}\n`);
  }
}
