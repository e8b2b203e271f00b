import fs from 'node:fs';
import path from 'node:path';
import { hookProgram, hookProgramText } from '../../core/agents/hook-program.ts';

/** The program that hook files call lies outside the extension, whose folder changes with each version. */
export function refreshHookProgram(home: string, cli: string): void {
  const program = hookProgram(home, process.platform);
  if (fs.existsSync(program)) writeHookProgram(home, cli);
}

export function writeHookProgram(home: string, cli: string): void {
  const program = hookProgram(home, process.platform);
  fs.mkdirSync(path.dirname(program), { recursive: true, mode: 0o700 });
  // An agent may be starting it right now.
  fs.writeFileSync(`${program}.new`, hookProgramText({ node: process.execPath, cli, home }, process.platform), { mode: 0o755 });
  fs.renameSync(`${program}.new`, program);
}
