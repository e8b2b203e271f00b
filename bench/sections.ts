import type { Section } from './section.ts';
import { agents } from './sections/agents.ts';
import { assessment } from './sections/assessment.ts';
import { blocking } from './sections/blocking.ts';
import { bundles } from './sections/bundles.ts';
import { decision } from './sections/decision.ts';
import { dispatch } from './sections/dispatch.ts';
import { enqueue } from './sections/enqueue.ts';
import { history } from './sections/history.ts';
import { idle } from './sections/idle.ts';
import { locks } from './sections/locks.ts';
import { makespan } from './sections/makespan.ts';
import { pressure } from './sections/pressure.ts';
import { sampling } from './sections/sampling.ts';
import { startUp } from './sections/start-up.ts';
import { treeKill } from './sections/tree-kill.ts';
import { turnover } from './sections/turnover.ts';

export const SECTIONS: readonly Section[] = [dispatch, turnover, decision, locks, enqueue, makespan, blocking, history, idle, sampling, pressure, treeKill, agents, assessment, bundles, startUp];
