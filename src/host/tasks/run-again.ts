import * as vscode from 'vscode';
import type { Clock } from '../../core/base/clock.ts';
import type { Log } from '../../core/base/log.ts';
import { messageOf, UserError } from '../../core/base/user-error.ts';
import type { EnginePort } from '../../core/engine/engine-port.ts';
import type { TaskId } from '../../core/model/ids.ts';
import { requireTrust } from '../workspace-roots.ts';
import { TaskPty } from './task-pty.ts';
import type { TaskWatch } from './task-watch.ts';

interface RunAgainParts {
  readonly engine: Pick<EnginePort, 'cancel' | 'retry' | 'views'>;
  readonly watch: Pick<TaskWatch, 'follow'>;
  readonly clock: Clock;
  readonly log: Log;
}

/** A terminal for a task that VS Code runs once more: it remembers the tasks that it showed. `claim` is told the task before it runs. */
export function runAgain({ engine, watch, clock, log }: RunAgainParts, id: TaskId, claim: (id: TaskId) => void): TaskPty {
  return new TaskPty({
    watch,
    clock,
    cancel: orderCancel(engine, log),
    begin: async () => {
      requireTrust();
      const [view] = await engine.views([id]);
      if (view === undefined) throw new UserError(vscode.l10n.t('Task #{0} was cleared away; queue its script again.', id));
      claim(id);
      if (view.task.state.status === 'finished') await engine.retry([id]);
      return id;
    },
  });
}

/** Cancels where nobody waits for the answer. */
export function orderCancel(engine: Pick<EnginePort, 'cancel'>, log: Log): (id: TaskId) => void {
  return (id) => void engine.cancel([id]).catch((error: unknown) => log.write('error', `Task #${id} could not be cancelled: ${messageOf(error)}`));
}
