import { command } from '../command.ts';
import { setPaused } from '../pause.ts';

export const pauseCommand = command({
  usage: ['pause [--workspace DIR]'],
  about: ['Nothing new of the workspace is started until `parallel-workflow resume`; running tasks go on.'],
  options: {},
  run: (context, { positionals }) => setPaused(context, positionals, true),
});
