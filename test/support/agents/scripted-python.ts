import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { tempFolder } from '../temp-folder.ts';

/** What it says when it is asked what it has. */
const PROBED = {
  python: '3.12.0',
  distributions: { 'autogen-agentchat': '0.7.5' },
  modules: { autogen_agentchat: true, autogen_ext: true, openai: true },
};

/**
 * A program that takes the place of Python with our runner in it, for what a genuine one would need AutoGen for.
 * @param body JavaScript that has `tell(message)`, `await next()` for the next order, `args` and `process`.
 * @returns its path.
 */
export function scriptedPython(t: { after(clean: () => void): void }, body: string): string {
  const file = path.join(tempFolder(t), 'python');
  const program = `#!${process.execPath}
const args = process.argv.slice(2);
if (args.includes('-c')) {
  console.log('${JSON.stringify(PROBED)}');
  process.exit(0);
}
const lines = require('node:readline').createInterface({ input: process.stdin })[Symbol.asyncIterator]();
const next = async () => { const { value, done } = await lines.next(); return done ? undefined : JSON.parse(value); };
const tell = (message) => process.stdout.write(JSON.stringify(message) + '\\n');
(async () => {
${body}
})().then(() => process.exit(0));
`;
  writeFileSync(file, program, { mode: 0o755 });
  return file;
}
