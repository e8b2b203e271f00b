import type { Log } from '../../base/log.ts';
import type { MachineSample } from '../../model/machine/machine-sample.ts';
import type { MachineSettings } from '../../model/machine/machine-settings.ts';
import type { Strategy } from '../../model/machine/strategy.ts';
import type { Store } from '../../store/store.ts';
import { choosePause, chooseResume, type RunAtWork } from '../../strategy/choose-pause.ts';
import type { TaskLedger } from '../tasks/task-ledger.ts';

/** Between two tasks that are paused or resumed: what the first one changed must be seen before. */
const BETWEEN_MS = 5000;

export interface PausingPorts {
  readonly store: Store;
  readonly ledger: TaskLedger;
  readonly log: Log;
  readonly settings: () => MachineSettings;
  readonly canPause: boolean;
  readonly onCommitted: () => void;
}

/** What is in force, as far as running tasks are concerned. */
export interface Shortage {
  readonly strategy: Strategy;
  /** It is memory that is short. */
  readonly ofMemory: boolean;
  /** By a person's wish: then those that are paused stay so. */
  readonly isPinned: boolean;
}

type How = 'suspend' | 'kill' | 'resume';

/** Makes running tasks stand still while memory is short, one after the other, or ends them if a person wants that; and lets them go on. */
export class Pausing {
  private readonly ports: PausingPorts;
  private movedAt = 0;

  constructor(ports: PausingPorts) {
    this.ports = ports;
  }

  /** With each look at the machine: pauses, ends or resumes one task at most. */
  onSample(sample: MachineSample, shortage: Shortage): void {
    if (sample.at >= this.movedAt && sample.at - this.movedAt < BETWEEN_MS) return;
    const { settings, canPause } = this.ports;
    const { whenCritical, thresholds } = settings();
    const runs = this.runsAtWork();
    const isShort = shortage.strategy === 'critical' && shortage.ofMemory;
    const mayStop = whenCritical === 'kill' || (whenCritical === 'suspend' && canPause);
    const victim = isShort && mayStop ? choosePause(runs) : undefined;
    if (victim !== undefined) return this.move(victim, whenCritical === 'kill' ? 'kill' : 'suspend', sample, shortage);
    if (shortage.strategy === 'critical' && shortage.isPinned) return;
    const back = chooseResume(runs, !isShort && sample.memoryUsed < sample.memoryTotal * thresholds.memory.enter);
    if (back !== undefined) this.move(back, 'resume', sample, shortage);
  }

  private move({ id }: RunAtWork, how: How, sample: MachineSample, { strategy }: Shortage): void {
    const { store, ledger, log, settings, onCommitted } = this.ports;
    const { at } = sample;
    const done = store.write(() => {
      const task = store.tasks.get(id);
      if (task === undefined || 'refused' in ledger.applyTo(task, eventOf(how, sample), at)) return undefined;
      store.decisions.add({ at, strategy, what: `${WORDS[how]} #${id} ${task.spec.name}`, reasons: [{ measure: 'memory', value: sample.memory, threshold: settings().thresholds.memory.critical }] });
      return task;
    });
    if (done === undefined) return;
    this.movedAt = at;
    log.write('warn', `Strategy: ${WORDS[how]} #${id} ${done.spec.name}; memory is at ${Math.round(sample.memory * 100)} %`);
    onCommitted();
  }

  private runsAtWork(): readonly RunAtWork[] {
    const { store } = this.ports;
    return store.runs.active().flatMap((run) => {
      const task = store.tasks.get(run.task);
      if (task === undefined || (task.state.status !== 'running' && task.state.status !== 'paused')) return [];
      return [{ id: task.id, priority: task.spec.priority, startedAt: task.state.startedAt, memory: run.memory ?? run.reservedMemory, isPaused: task.state.status === 'paused' }];
    });
  }
}

const WORDS: Readonly<Record<How, string>> = { suspend: 'paused', kill: 'ended', resume: 'resumed' };

function eventOf(how: How, { at, memoryTotal, memoryUsed }: MachineSample) {
  switch (how) {
    case 'suspend':
      return { type: 'suspended', at } as const;
    case 'resume':
      return { type: 'resumed', at } as const;
    case 'kill':
      return { type: 'stopRequested', cause: { type: 'memory-pressure', available: memoryTotal - memoryUsed }, at } as const;
  }
}
