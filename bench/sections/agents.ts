import type { Figure } from '../figure.ts';
import type { Section } from '../section.ts';
import { detection } from './agents/detection.ts';

export const agents: Section = {
  name: 'agents',
  title: 'Agents: how soon it is known who is there',
  limitMs: 60_000,
  async measure(scratch, note): Promise<readonly Figure[]> {
    return detection(scratch, note);
  },
};
