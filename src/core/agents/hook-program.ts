import path from 'node:path';

/** Name of the program that hook files call; by it our entries are known among others. */
export const HOOK_PROGRAM = 'parallel-workflow-hook';

/** Where the hook's program lies in a state folder. */
export function hookProgram(home: string, platform: NodeJS.Platform): string {
  return path.join(home, 'bin', platform === 'win32' ? `${HOOK_PROGRAM}.cmd` : HOOK_PROGRAM);
}

/** Text of that program: it calls the command line of the extension, wherever its present version lies; once that is gone, nothing. */
export function hookProgramText({ node, cli, home }: { readonly node: string; readonly cli: string; readonly home: string }, platform: NodeJS.Platform): string {
  if (platform === 'win32') return `@echo off\r\nif not exist "${cli}" exit /b 0\r\nset ELECTRON_RUN_AS_NODE=1\r\nset PARALLEL_WORKFLOW_HOME=${home}\r\n"${node}" --no-warnings "${cli}" hook\r\n`;
  return `#!/bin/sh\n[ -e ${single(cli)} ] || exit 0\nPARALLEL_WORKFLOW_HOME=${single(home)} ELECTRON_RUN_AS_NODE=1 exec ${single(node)} --no-warnings ${single(cli)} hook\n`;
}

/** As a POSIX shell reads it as one word. */
export function single(text: string): string {
  return /^[\w/.-]+$/.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`;
}
