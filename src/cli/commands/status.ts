import type { EngineStatus, MachineSample } from '../../core/engine/engine-port.ts';
import type { Limits } from '../../core/model/limits.ts';
import type { StrategyView } from '../../core/model/machine/strategy.ts';
import { formatBytes } from '../../core/present/format/format-bytes.ts';
import { formatShare } from '../../core/present/format/format-share.ts';
import { estimateNote, machineRows } from '../../core/present/machine/machine-rows.ts';
import { engineLimits } from '../../core/settings/engine-settings.ts';
import { always, command } from '../command.ts';
import type { CommandContext } from '../command-context.ts';
import { ProjectConfig } from '../config/project-config.ts';
import { EXIT } from '../exit-code.ts';
import { isoTime } from '../report/iso-time.ts';
import { printJson } from '../report/print-json.ts';
import { refuseWords } from '../refuse-words.ts';
import { withObserver, workspaceFor } from '../session.ts';
import type { Style } from '../terminal/style.ts';
import { renderTable, type Column } from '../terminal/table.ts';
import { printable } from '../terminal/text-width.ts';
import { rootAround } from '../workspace.ts';

const TYPE_COLUMNS: readonly Column[] = [{ title: 'type' }, { title: 'at once', align: 'right' }, { title: 'cores each', align: 'right' }, { title: 'memory each', align: 'right' }];
const TYPE_NOTE: readonly string[] = [
  'Cores and memory each: what is set aside for a task that declares nothing, until three runs of its script are known; a careful guess',
  'above that for its first seconds. `parallel-workflow show ID` tells what counts for a task.',
];
const COUNT_COLUMNS: readonly Column[] = [{ title: 'tasks' }, ...['running', 'waiting', 'scheduled', 'finished', 'not as expected'].map((title) => ({ title, align: 'right' as const }))];

export const statusCommand = command({
  usage: ['status'],
  about: ['The machine, what may run at once, how many tasks there are in the workspace and on the machine, its configuration files with all that is wrong with them (with single schedules: `schedules`), and the engines that live. While there is no engine, the limits are those of the next one here.'],
  options: {},
  needsState: always,
  run(context, line) {
    refuseWords('status', line);
    return withObserver(context, async (engine) => {
      const workspace = await workspaceFor(context, engine);
      // Only read: who starts tasks puts it in force.
      const config = new ProjectConfig([workspace], await engine.userSettings());
      await config.read();
      const [here, all, machine, strategy] = await Promise.all([engine.status([workspace]), engine.status([]), engine.machine(), engine.strategy()]);
      // Locks and guards go by no limits. What engines that are gone were told binds nobody.
      const limits = all.engines.some(({ self, kind }) => !self && kind !== 'agent') ? all.limits : engineLimits(config.settings);
      const figures = { workspace, here, all, machine, strategy, config, limits };
      if (context.json) printJson(context.output, jsonOf(figures));
      else print(figures, context);
      return EXIT.ok;
    });
  },
});

interface Figures {
  readonly workspace: string;
  readonly here: EngineStatus;
  readonly all: EngineStatus;
  readonly machine: MachineSample;
  readonly strategy: StrategyView;
  readonly config: ProjectConfig;
  /** What is in force, or will be with the first engine here. */
  readonly limits: Limits;
}

function jsonOf({ workspace, here, all, machine, strategy, config, limits }: Figures): unknown {
  return {
    home: all.home,
    workspace,
    paused: here.paused,
    machine: { ...machine, at: isoTime(machine.at) },
    // Since always, where it never changed.
    strategy: { ...strategy, since: isoTime(strategy.since === 0 ? undefined : strategy.since), pinned: strategy.pinned ?? null },
    limits,
    counts: { workspace: here.counts, machine: all.counts },
    configuration: { files: config.files.map(({ path, inForce }) => ({ path, inForce: inForce !== undefined })), problems: config.complaints.map(({ line }) => line) },
    engines: all.engines.map(({ pid, kind, roots }) => ({ pid, kind, roots })),
    notice: all.storeNotice ?? null,
  };
}

function print({ workspace, here, all, machine, strategy, config, limits }: Figures, { output, style }: CommandContext): void {
  const note = estimateNote(machine);
  const figures = ({ counts }: EngineStatus): string[] => [counts.running, counts.waiting, counts.scheduled, counts.finished, counts.failed].map(String);
  const others = all.engines.filter(({ self }) => !self);
  const lines = [
    style('bold', 'Machine'),
    ...renderTable([{ title: '' }, { title: '' }], [
      ...machineRows(machine, strategy).map(([name, figure]) => [`  ${name}`, name === 'Memory' ? `${figure}; nothing is started above ${formatShare(limits.memoryThreshold)}` : figure]),
      ['  State folder', all.home],
      ...(all.storeNotice === undefined ? [] : [['  Notice', all.storeNotice]]),
    ], { titles: false }),
    ...(note === undefined ? [] : [`  ${note}`]),
    '',
    style('bold', `At most ${limits.total} ${limits.total === 1 ? 'task' : 'tasks'} at once`),
    ...indented(renderTable(TYPE_COLUMNS, limits.types.map((type) => [type.name, String(type.limit), String(type.cpu), formatBytes(type.memory)]), { style })),
    ...TYPE_NOTE.map((line) => style('dim', `  ${line}`)),
    '',
    style('bold', `Workspace ${workspace}${here.paused ? ' (paused)' : ''}`),
    ...indented(renderTable(COUNT_COLUMNS, [['here', ...figures(here)], ['on this machine', ...figures(all)]], { style })),
    ...configLines(config, rootAround(workspace, others.flatMap(({ roots }) => roots)) !== undefined, style),
    '',
    style('bold', 'Engines'),
    ...(others.length === 0 ? ['  none: open a workspace in VS Code, or run `parallel-workflow wait`'] : indented(renderTable([{ title: '' }, { title: '' }, { title: '' }], others.map(({ kind, pid, roots }) => [kind, `process ${pid}`, roots.join(', ')]), { titles: false }))),
  ];
  output.write(`${lines.join('\n')}\n`);
}

/** The files that the workspace goes by, and all that is wrong with them. The limits above are those of engines that live, where there are some. */
function configLines({ files, complaints }: ProjectConfig, isServed: boolean, style: Style): readonly string[] {
  const lines = [...files.filter(({ path }) => !complaints.some(({ source }) => source === path)).map(({ path }) => path), ...complaints.map(({ line }) => printable(line))];
  const note = files.some(({ file }) => file === 'scheduler') ? [style('dim', 'What is wrong with single schedules is told by `parallel-workflow schedules`.')] : [];
  return lines.length === 0 ? [] : ['', style('bold', `Configuration${isServed ? '' : ' (of the next engine here)'}`), ...indented([...lines, ...note])];
}

function indented(lines: readonly string[]): string[] {
  return lines.map((line) => `  ${line}`);
}
