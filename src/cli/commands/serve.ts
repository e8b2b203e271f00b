import path from 'node:path';
import type { LogLevel } from '../../core/base/log.ts';
import { command } from '../command.ts';
import { EXIT } from '../exit-code.ts';
import { liveConfig } from '../serve/live-config.ts';
import { roleWork } from '../serve/role-work.ts';
import { withActor, withObserver, workspaceFor } from '../session.ts';
import { JOBS_OPTION, parseJobs } from '../submit/jobs.ts';
import { givenWorkspace } from '../workspace.ts';

export const serveCommand = command({
  usage: ['serve [DIR...] [OPTIONS]'],
  about: [
    'For a machine without a window: starts what waits in the workspaces, lets their schedules come due, and goes on until it is',
    'asked to end by Ctrl-C or SIGTERM. Tasks that run then go on running, and are found again by the next engine.',
    'The configuration files of the workspaces are in force, and are read as they change. The roles task_management and',
    'resource_management do their work; gui_testing, and roles that extensions bring, need a window to do theirs.',
    'Without DIR it serves the workspace of the current folder. It says what it does; with --quiet only what goes wrong.',
  ],
  options: { ...JOBS_OPTION, 'until-input': { type: 'boolean', help: 'end at a line of the standard input, or at its end, as well: with the program that started it' } },
  async run(context, { options, positionals }) {
    const jobs = parseJobs(options.jobs);
    const given = positionals.map((folder) => givenWorkspace(path.resolve(context.cwd, folder), 'name the root folders of workspaces, or none for that of the current folder.'));
    const roots = given.length > 0 ? given : [await withObserver(context, (engine) => workspaceFor(context, engine))];
    const asked = new Promise<void>((resolve) => {
      const listening = context.onInterrupt(() => {
        listening.dispose();
        resolve();
      });
      if (options['until-input']) void context.nextInput().then(resolve);
    });
    const log = {
      write: (level: LogLevel, message: string): void => {
        if (level === 'warn' || level === 'error') context.output.writeError(`${message}\n`);
        else if (level === 'info' && !context.quiet) context.output.write(`${message}\n`);
      },
    };
    return withActor(context, roots, async (engine, config) => {
      const { home, clock } = context;
      let told: string | undefined;
      // It is the error that this ends with.
      const losing = engine.onDidLoseHome((loss) => (told = loss));
      const logging = engine.onDidLog(({ level, message }) => {
        if (message !== told) log.write(level, message);
      });
      const endConfig = await liveConfig({ engine, roots, config, clock, log });
      const endRoles = roleWork({ engine, roots, home, clock, log });
      if (!context.quiet) context.output.write(`Serving ${roots.join(', ')}; Ctrl-C ends it.\n`);
      await asked;
      await endConfig();
      await endRoles();
      logging.dispose();
      losing.dispose();
      if (!context.quiet) context.output.write('Ended; tasks that run go on.\n');
      return EXIT.ok;
    }, jobs);
  },
});
