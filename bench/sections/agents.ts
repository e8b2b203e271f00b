import type { Figure } from '../figure.ts';
import type { Section } from '../section.ts';
import { detection } from './agents/detection.ts';
import { supervision } from './agents/supervision.ts';
import { toolCalls } from './agents/tool-calls.ts';

export const agents: Section = {
  name: 'agents',
  title: 'Agents: who is there, what a tool call waits for, what sixteen of them cost',
  limitMs: 90_000,
  async measure(scratch, note): Promise<readonly Figure[]> {
    return [...(await toolCalls(scratch)), ...(await supervision(scratch, note)), ...(await detection(scratch, note))];
  },
};
