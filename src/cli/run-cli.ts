import { existsSync } from 'node:fs';
import path from 'node:path';
import { UserError } from '../core/base/user-error.ts';
import { stateFolder } from '../core/engine/state-folder.ts';
import { storeFile } from '../core/store/store-file.ts';
import { nearest } from '../core/spec/nearest.ts';
import { BrokenOff } from './broken-off.ts';
import { GLOBAL_OPTIONS } from './command-option.ts';
import { COMMANDS, type CommandEntry } from './command-table.ts';
import type { CliWorld } from './command-context.ts';
import { EXIT } from './exit-code.ts';
import { commandText, overviewText } from './help-text.ts';
import { parseOptions } from './parse-options.ts';
import { isForProgram, printError } from './report/print-error.ts';
import { styleFor, wantsColor } from './terminal/style.ts';
import { programVersion } from './version.ts';

/** Does what the words say; resolves with the exit code. What is not written for a person is thrown on. */
export async function runCli(words: readonly string[], world: CliWorld): Promise<number> {
  try {
    const code = await dispatch(words, world);
    await world.output.written();
    return code;
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    const code = error instanceof BrokenOff ? EXIT.failed : EXIT.refused;
    printError(world.output, error.message, code, { json: isForProgram(words), style: styleFor(wantsColor(world.env, world.output.isTerminal, words.includes('--no-color'))) });
    return code;
  }
}

async function dispatch(words: readonly string[], world: CliWorld): Promise<number> {
  const { name, others } = splitName(words);
  if (name === undefined || name === 'help') return help(others, world);
  const entry = entryNamed(name);
  const command = await entry.load();
  const line = parseOptions(others, { ...command.options, ...GLOBAL_OPTIONS }, entry.name, command.usage.some((usage) => usage.includes('-- ARGUMENTS')));
  const { options } = line;
  const style = styleFor(wantsColor(world.env, world.output.isTerminal, options['no-color']));
  if (options.help) {
    world.output.write(commandText(entry, command, style));
    return EXIT.ok;
  }
  const home = options.home === undefined ? stateFolder(world.env) : path.resolve(world.cwd, options.home);
  if (options.home !== undefined && command.needsState?.(line.positionals) === true && !existsSync(storeFile(home))) throw noState(home, name);
  // Spread by name: `world` may be an object whose figures change, such as the size of the terminal.
  return command.run(
    {
      cwd: world.cwd,
      env: world.env,
      programFile: world.programFile,
      output: world.output,
      clock: world.clock,
      hasKeyboard: world.hasKeyboard,
      openEngine: (engineOptions) => world.openEngine(engineOptions),
      runInTerminal: (request) => world.runInTerminal(request),
      startCommand: (argv, env) => world.startCommand(argv, env),
      sharesTerminal: world.sharesTerminal,
      readInput: () => world.readInput(),
      ask: (question) => world.ask(question),
      nextInput: () => world.nextInput(),
      onInterrupt: (listener) => world.onInterrupt(listener),
      home,
      workspace: options.workspace === undefined ? undefined : path.resolve(world.cwd, options.workspace),
      json: options.json,
      quiet: options.quiet,
      style,
    },
    line,
  );
}

async function help(words: readonly string[], { output, env, programFile }: CliWorld): Promise<number> {
  const { options, positionals } = parseOptions(words, { ...GLOBAL_OPTIONS, version: { type: 'boolean', short: 'V', help: '' } } as const, 'help');
  const style = styleFor(wantsColor(env, output.isTerminal, options['no-color']));
  if (options.version) {
    output.write(`${programVersion(programFile)}\n`);
    return EXIT.ok;
  }
  const topic = positionals[0];
  if (topic !== undefined) {
    const entry = entryNamed(topic);
    output.write(commandText(entry, await entry.load(), style));
    return EXIT.ok;
  }
  output.write(overviewText(COMMANDS, style));
  return EXIT.ok;
}

/** The first word that is no option names the command; options of every command may stand before it. */
function splitName(words: readonly string[]): { readonly name: string | undefined; readonly others: readonly string[] } {
  for (let index = 0; index < words.length; index++) {
    const word = words[index]!;
    if (word === '--') break;
    if (!word.startsWith('-')) return { name: word, others: [...words.slice(0, index), ...words.slice(index + 1)] };
    if (word === '--home' || word === '--workspace') index++;
  }
  return { name: undefined, others: words };
}

/** A misspelt folder would look like an empty list, and would be made. */
function noState(home: string, name: string): UserError {
  return new UserError(`\`--home\`: there is no state of Parallel Workflow in \`${home}\`, which \`${name}\` is about;`, 'name the folder that tasks were queued in, or leave it out for the usual one.');
}

function entryNamed(name: string): CommandEntry {
  const entry = COMMANDS.find((each) => each.name === name);
  if (entry !== undefined) return entry;
  const near = nearest(name, COMMANDS.map((each) => each.name));
  throw new UserError(`Unknown command \`${name}\`; ${near === undefined ? '`parallel-workflow help` lists the commands.' : `did you mean \`${near}\`?`}`);
}
