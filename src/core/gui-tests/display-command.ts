export interface DisplayedCommand {
  readonly argv: readonly string[];
  /** For people: what will not work, and the way out. */
  readonly notice: string | undefined;
}

/** What has to be there for a display; packages may bring one without the others. */
export const DISPLAY_PROGRAMS = ['xvfb-run', 'Xvfb', 'xauth'] as const;

/**
 * Brings a program a display of its own where there is none: Xvfb on Linux. Pure.
 * @param missing those of the `DISPLAY_PROGRAMS` that are not there.
 */
export function displayCommand(argv: readonly string[], env: NodeJS.ProcessEnv, platform: NodeJS.Platform, missing: readonly string[]): DisplayedCommand {
  const needsDisplay = platform === 'linux' && !env.DISPLAY && !env.WAYLAND_DISPLAY;
  if (!needsDisplay || argv[0] === 'xvfb-run') return { argv, notice: undefined };
  if (missing.length === 0) return { argv: ['xvfb-run', '-a', ...argv], notice: undefined };
  return { argv, notice: `There is no display and no ${missing.map((name) => `\`${name}\``).join(', ')}: tests that open a window will fail. Install Xvfb (on Debian and Ubuntu the packages \`xvfb\` and \`xauth\`), or start VS Code in a desktop session.` };
}
