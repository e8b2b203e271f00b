export interface DisplayedCommand {
  readonly argv: readonly string[];
  /** For people: what will not work, and the way out. */
  readonly notice: string | undefined;
}

/** Brings a program a display of its own where there is none: Xvfb on Linux. Pure. */
export function displayCommand(argv: readonly string[], env: NodeJS.ProcessEnv, platform: NodeJS.Platform, hasXvfb: boolean): DisplayedCommand {
  const needsDisplay = platform === 'linux' && !env.DISPLAY && !env.WAYLAND_DISPLAY;
  if (!needsDisplay || argv[0] === 'xvfb-run') return { argv, notice: undefined };
  if (hasXvfb) return { argv: ['xvfb-run', '-a', ...argv], notice: undefined };
  return { argv, notice: 'There is no display and no `xvfb-run`: tests that open a window will fail. Install Xvfb (on Debian and Ubuntu the package `xvfb`), or start VS Code in a desktop session.' };
}
