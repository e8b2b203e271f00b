import { UserError } from '../../core/base/user-error.ts';
import type { FileUse, FileUser } from '../../core/engine/engine-port.ts';
import { userName } from '../../core/present/files/describe-users.ts';
import { isWorthARow } from '../../core/present/files/is-worth-a-row.ts';
import { claimPlace } from '../../core/present/format/file-place.ts';
import { formatAge } from '../../core/present/format/format-age.ts';
import { always, command } from '../command.ts';
import { EXIT } from '../exit-code.ts';
import { isoTime } from '../report/iso-time.ts';
import { printJson } from '../report/print-json.ts';
import { withObserver, workspaceFor } from '../session.ts';
import { renderTable, type Cell, type Column } from '../terminal/table.ts';

const WAITERS_NAMED = 3;
const COLUMNS: readonly Column[] = [{ title: 'file', shrinksTo: 16 }, { title: 'mode' }, { title: 'held by', shrinksTo: 16 }, { title: 'since', align: 'right' }, { title: 'waiting', shrinksTo: 12 }];

export const locksCommand = command({
  usage: ['locks [--all]'],
  about: ['The files of the workspace that tasks, `parallel-workflow lock` or editors with unsaved changes hold, and who waits for them; a script that only its own tasks read is left out. With --quiet only the files.'],
  options: { all: { type: 'boolean', short: 'a', help: 'the files of this whole machine' } },
  needsState: always,
  async run(context, { options, positionals, rest }) {
    const words = [...positionals, ...(rest ?? [])];
    if (words.length > 0) throw new UserError(`\`locks\` takes no words, got \`${words.join(' ')}\`; a file is locked by \`parallel-workflow lock FILE... -- COMMAND\`.`);
    return withObserver(context, async (engine) => {
      const workspace = options.all ? undefined : await workspaceFor(context, engine);
      const roots = workspace === undefined ? [] : [workspace];
      const uses = (await engine.filesInUse(roots)).filter(isWorthARow);
      const now = context.clock.now();
      if (context.json) printJson(context.output, uses.map(useJson));
      else if (context.quiet) context.output.write(uses.map((use) => `${claimPlace(use, roots)}\n`).join(''));
      else if (uses.length === 0) context.output.write(`No file is in use${workspace === undefined ? '' : ` in ${workspace}`}.\n`);
      else context.output.write(`${renderTable(COLUMNS, uses.map((use) => row(use, roots, now)), { style: context.style, width: context.output.columns }).join('\n')}\n`);
      return EXIT.ok;
    });
  },
});

function row(use: FileUse, roots: readonly string[], now: number): readonly Cell[] {
  const { holders, waiters, waiting } = use;
  const since = Math.min(...holders.map((holder) => holder.since));
  return [
    claimPlace(use, roots),
    holders.length === 0 ? '' : holders.some(({ mode }) => mode === 'write') ? 'write' : 'read',
    holders.length === 0 ? { text: 'nobody yet', look: 'dim' } : holders.map(nameOf).join(', '),
    holders.length === 0 ? '' : formatAge(now - since),
    namesOf(waiters, waiting),
  ];
}

function namesOf(waiters: readonly FileUser[], total: number): string {
  const named = waiters.slice(0, WAITERS_NAMED).map(nameOf).join(', ');
  return total > WAITERS_NAMED ? `${named} and ${total - WAITERS_NAMED} more` : named;
}

function nameOf(user: FileUser): string {
  return user.holder.type === 'editor' ? 'unsaved changes' : userName(user);
}

function useJson({ path, glob, holders, waiters, waiting }: FileUse): unknown {
  const user = ({ holder, mode, since }: FileUser): unknown => ({ ...holder, mode, since: isoTime(since) });
  return { path, glob: glob === '' ? null : glob, holders: holders.map(user), waiters: waiters.map(user), waiting };
}
