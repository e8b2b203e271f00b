/** Output of a short-lived program of the system. Never a shell. */
export type RunTool = (file: string, args: readonly string[], timeoutMs: number) => Promise<string>;

/** @throws when the program is missing, fails, or takes longer than `timeoutMs`. */
export const runTool: RunTool = async (file, args, timeoutMs) => {
  // Loaded on use: most engines never need it.
  const { execa } = await import('execa');
  const { stdout } = await execa(file, [...args], { timeout: timeoutMs, windowsHide: true, stdin: 'ignore' });
  return stdout;
};
