import type { AgentRequest } from '../../core/model/agents/agent-request.ts';

/** Who the agent is and how it is to work, for models that are told nothing else. */
export function briefing({ workspace, cwd }: AgentRequest): string {
  return [
    'You carry out a task in a workspace on a person\'s machine, by yourself: nobody is there to answer questions.',
    `The workspace is ${workspace}${cwd === workspace ? '' : `, your working folder ${cwd}`}. You see and change it only through your tools.`,
    'Others work in the same files. A write may be refused because somebody else has the file: do something else and come back to it later, and never write it by another way.',
    'Read before you change. Make the smallest change that does the whole task, check it where that can be done, and end with a short account of what you did and what is left to do.',
  ].join('\n');
}

/** No conversation goes on for ever, also where nobody has set a limit. */
const MOST_TURNS = 200;

/** After how many answers of the model a run is ended. */
export function turnLimit({ maxTurns, settings }: AgentRequest): number {
  return maxTurns ?? settings.maxTurns ?? MOST_TURNS;
}
