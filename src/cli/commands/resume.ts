import { command } from '../command.ts';
import { setPaused } from '../pause.ts';

export const resumeCommand = command({
  usage: ['resume [--workspace DIR]'],
  about: ['Ends what `parallel-workflow pause` or Pause Queue began.'],
  options: {},
  run: (context, { positionals }) => setPaused(context, positionals, false),
});
