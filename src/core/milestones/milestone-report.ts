import type { MilestoneProgress } from '../model/roles/milestone.ts';
import { dateAndTime } from '../present/format/date-and-time.ts';
import { escapeMarkdown } from '../present/format/escape-markdown.ts';
import { inLine } from '../present/format/right-to-left.ts';
import { describeMilestone } from './describe-milestone.ts';

/** The milestones of a workspace as a Markdown document. */
export function milestoneReport(progress: readonly MilestoneProgress[], title: string, now: number): string {
  const head = `# ${escapeMarkdown(title)}\n\n${dateAndTime(now)}\n`;
  if (progress.length === 0) return `${head}\nThere are no milestones. *New Milestone…* makes one.\n`;
  const rows = progress.map((each) => `| ${escapeMarkdown(inLine(each.milestone.name))} | ${each.milestone.due ?? ''} | ${each.succeeded} of ${each.total} | ${bar(each)} | ${escapeMarkdown(describeMilestone(each, now))} |`);
  const blocked = progress.filter(({ blockers }) => blockers.length > 0).map(({ milestone, blockers }) =>
    [`## What blocks ${escapeMarkdown(milestone.name)}`, '', ...blockers.map(({ task, name, why }) => `- \\#${task} ${escapeMarkdown(inLine(name))}: ${escapeMarkdown(why)}`)].join('\n'));
  return [head, '| Milestone | Due | Done | | State |', '|:--|:--|--:|:--|:--|', ...rows, '', ...blocked.flatMap((part) => [part, ''])].join('\n');
}

const WIDTH = 10;

/** Full only when all is done. */
function bar({ succeeded, total }: MilestoneProgress): string {
  const full = total === 0 ? 0 : Math.floor((succeeded / total) * WIDTH);
  return '█'.repeat(full) + '░'.repeat(WIDTH - full);
}
