import * as vscode from 'vscode';
import type { Clock } from '../core/base/clock.ts';
import type { EnginePort, EngineStatus } from '../core/engine/engine-port.ts';
import type { MachineSample } from '../core/model/machine/machine-sample.ts';
import type { StrategyView } from '../core/model/machine/strategy.ts';
import { presentMachine, presentNoMachine } from '../core/present/machine/present-machine.ts';
import { presentCounts, widthsFor, type CountWidths } from '../core/present/tasks/present-status.ts';
import type { StatusText } from '../core/present/tasks/status-text.ts';
import { COMMANDS, type CommandId } from '../host/ids.ts';
import { Coalescer } from './coalescer.ts';
import { MachinePoll } from './machine-poll.ts';
import { windowStatus } from './window-status.ts';

const PAUSE_MS = 200;

export interface StatusBarOptions {
  readonly engine: Pick<EnginePort, 'status' | 'machine' | 'strategy' | 'onDidChange'>;
  readonly roots: () => readonly string[];
  readonly clock: Clock;
  readonly isEnabled: () => boolean;
  readonly onError: (error: unknown) => void;
}

/** At the left of the status bar: how much runs and waits, and how busy the machine is. */
export class StatusBar implements vscode.Disposable {
  private readonly options: StatusBarOptions;
  private readonly counts = item('counts', vscode.l10n.t('Parallel Workflow: Tasks'), 31, COMMANDS.showTasks);
  private readonly machine = item('machine', vscode.l10n.t('Parallel Workflow: CPU and Memory'), 30, COMMANDS.openDashboard);
  private readonly poll: MachinePoll<[MachineSample, StrategyView]>;
  private readonly coalescer: Coalescer<unknown>;
  private readonly subscriptions: vscode.Disposable[];
  private widths: CountWidths | undefined;

  constructor(options: StatusBarOptions) {
    this.options = options;
    const { engine, clock } = options;
    this.machine.text = presentNoMachine();
    const links = [
      link(vscode.l10n.t('Open Dashboard'), COMMANDS.openDashboard),
      link(vscode.l10n.t('Show Tasks'), COMMANDS.showTasks),
      link(vscode.l10n.t('Show Engine Log'), COMMANDS.showEngineLog),
    ];
    this.poll = new MachinePoll(clock, () => Promise.all([engine.machine(), engine.strategy()]), ([sample, strategy]) => {
      const shown = presentMachine(sample, strategy, links);
      draw(this.machine, shown);
      this.machine.backgroundColor = shown.isAlarming ? new vscode.ThemeColor('statusBarItem.warningBackground') : undefined;
    });
    this.coalescer = new Coalescer(clock, () => PAUSE_MS, () => this.count());
    this.subscriptions = [this.counts, this.machine, this.poll, this.coalescer, engine.onDidChange((notice) => this.coalescer.add(notice))];
    this.settingsChanged();
  }

  /** Reads the setting that hides both items. */
  settingsChanged(): void {
    const isOn = this.options.isEnabled();
    this.poll.setOn(isOn);
    if (isOn) {
      this.coalescer.add(undefined);
      this.machine.show();
    } else {
      this.counts.hide();
      this.machine.hide();
    }
  }

  dispose(): void {
    for (const subscription of this.subscriptions.splice(0)) subscription.dispose();
  }

  private async count(): Promise<void> {
    try {
      this.tell(await windowStatus(this.options.engine, this.options.roots()));
    } catch (error) {
      this.options.onError(error);
    }
  }

  private tell({ counts, paused }: EngineStatus): void {
    this.poll.setBusy(counts.running > 0);
    if (!this.options.isEnabled()) return;
    this.widths = widthsFor(counts, this.widths);
    const pause = paused ? link(vscode.l10n.t('Resume Queue'), COMMANDS.resumeQueue) : link(vscode.l10n.t('Pause Queue'), COMMANDS.pauseQueue);
    draw(
      this.counts,
      presentCounts(counts, paused, this.widths, [
        link(vscode.l10n.t('Show Tasks'), COMMANDS.showTasks),
        pause,
        link(vscode.l10n.t('Run Script'), COMMANDS.runScript),
      ]),
    );
    this.counts.show();
  }
}

function item(id: string, name: string, priority: number, command: CommandId): vscode.StatusBarItem {
  const created = vscode.window.createStatusBarItem(`parallelWorkflow.${id}`, vscode.StatusBarAlignment.Left, priority);
  created.name = name;
  created.command = command;
  return created;
}

const LINKED: readonly CommandId[] = [COMMANDS.openDashboard, COMMANDS.showTasks, COMMANDS.pauseQueue, COMMANDS.resumeQueue, COMMANDS.runScript, COMMANDS.showEngineLog];

function draw(target: vscode.StatusBarItem, { text, accessibility, tooltip }: StatusText): void {
  target.text = text;
  target.accessibilityInformation = { label: accessibility };
  const markdown = new vscode.MarkdownString(tooltip);
  markdown.isTrusted = { enabledCommands: LINKED };
  target.tooltip = markdown;
}

function link(title: string, command: CommandId): string {
  return `[${title}](command:${command})`;
}
