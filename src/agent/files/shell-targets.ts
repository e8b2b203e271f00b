import path from 'node:path';

/** Commands that write the files they are given: all of them, the last, or those behind an option. */
const WRITES: Readonly<Record<string, 'all' | 'last' | 'inPlace'>> = {
  tee: 'all', touch: 'all', rm: 'all', unlink: 'all', rmdir: 'all', truncate: 'all', shred: 'all', mv: 'all',
  cp: 'last', ln: 'last', install: 'last', rsync: 'last',
  sed: 'inPlace', perl: 'inPlace', ruby: 'inPlace',
};
/** Options of those that edit in place, whose next word is the program and no file. */
const BRINGS_PROGRAM = /^-[A-Za-z]*[ef]$|^--(?:expression|file)$/;
/** Words before the command itself. */
const PREFIXES = new Set(['sudo', 'command', 'exec', 'nohup', 'time', 'env', 'then', 'do', 'else', '{', '(', '!']);
/** Text whose value only the shell knows. */
const UNKNOWN_VALUE = /[$`*?[\]{}~]/;

const OPERATOR = /^(?:&>>?|>>|>\||>&|<<<|<<-?|<&|<>|>|<|&&|\|\||\|&|;;|[;&|()\n])/;
const NUMBERED_OPERATOR = new RegExp(`^(?:\\d+(?=[<>]))?${OPERATOR.source.slice(1)}`);

interface Word {
  readonly text: string;
  /** An operator such as `&&` or `>>`, outside quotes. */
  readonly isOperator: boolean;
  /** Whether the shell puts something else in its place. */
  readonly isOpen: boolean;
}

/**
 * Files that a shell command says it writes: behind `>`, and as arguments of the usual commands. Not everything a command
 * writes can be seen in it: whoever asks compares the files afterwards as well.
 * @param cwd the folder that the command starts in.
 * @returns absolute paths.
 */
export function shellTargets(command: string, cwd: string): readonly string[] {
  const targets = new Set<string>();
  let folder: string | undefined = cwd;
  let words: Word[] = [];
  const add = ({ text, isOpen }: Word): void => {
    if (isOpen || text === '' || text === '-' || /^&?\d*$/.test(text)) return;
    if (path.isAbsolute(text)) targets.add(path.normalize(text));
    else if (folder !== undefined) targets.add(path.resolve(folder, text));
  };
  const endCommand = (): void => {
    const [name, ...rest] = nameOf(words);
    if (name?.text === 'cd') folder = rest[0] === undefined || rest[0].isOpen || folder === undefined ? undefined : path.resolve(folder, rest[0].text);
    else if (name !== undefined) argumentsWritten(path.basename(name.text), rest).forEach(add);
    words = [];
  };
  const all = shellWords(command);
  for (let n = 0; n < all.length; n++) {
    const word = all[n]!;
    if (!word.isOperator) words.push(word);
    else if (word.text.includes('<')) n++;
    else if (word.text.includes('>')) {
      const target = all[++n];
      if (target !== undefined && !target.isOperator) add(target);
    } else endCommand();
  }
  endCommand();
  return [...targets].filter((file) => !file.startsWith('/dev/'));
}

function nameOf(words: readonly Word[]): readonly Word[] {
  const first = words.findIndex(({ text }) => !PREFIXES.has(text) && !/^[A-Za-z_]\w*=/.test(text));
  return first < 0 ? [] : words.slice(first);
}

function argumentsWritten(name: string, args: readonly Word[]): readonly Word[] {
  const plain = args.filter(({ text }) => !text.startsWith('-'));
  switch (WRITES[name]) {
    case 'all':
      return plain;
    case 'last':
      return plain.slice(-1);
    case 'inPlace': {
      if (!args.some(({ text }) => /^-[A-Za-z]*i|^--in-place/.test(text))) return [];
      // The editing program is the first word, unless an option brings it.
      const files = args.filter(({ text }, n) => !text.startsWith('-') && !BRINGS_PROGRAM.test(args[n - 1]?.text ?? ''));
      return args.some(({ text }) => BRINGS_PROGRAM.test(text) || text.startsWith('--expression=')) ? files : files.slice(1);
    }
    default:
      return name === 'dd' ? args.filter(({ text }) => text.startsWith('of=')).map((word) => ({ ...word, text: word.text.slice(3) })) : [];
  }
}

/** The words of a POSIX shell's command line, with quotes and escapes as in its grammar; bodies of here-documents are left out. */
function shellWords(command: string): readonly Word[] {
  const words: Word[] = [];
  const ends: string[] = [];
  let text = '';
  let isOpen = false;
  let isWord = false;
  const push = (): void => {
    if (isWord) {
      const before = words.at(-1);
      if (before?.isOperator === true && /^<<-?$/.test(before.text)) ends.push(text);
      words.push({ text, isOperator: false, isOpen });
    }
    [text, isOpen, isWord] = ['', false, false];
  };
  for (let at = 0; at < command.length; ) {
    const rest = command.slice(at);
    // A number before a redirection belongs to it, unless it is the end of a word.
    const operator = (isWord ? OPERATOR : NUMBERED_OPERATOR).exec(rest)?.[0];
    if (operator !== undefined) {
      push();
      words.push({ text: operator, isOperator: true, isOpen: false });
      at += operator.length;
      if (operator === '\n') while (ends.length > 0) at = behindDocument(command, at, ends.shift()!);
    } else if (/^\s/.test(rest)) {
      push();
      at++;
    } else if (rest.startsWith('#') && !isWord) {
      at += /^[^\n]*/.exec(rest)![0].length;
    } else if (rest.startsWith("'")) {
      const end = command.indexOf("'", at + 1);
      text += command.slice(at + 1, end < 0 ? undefined : end);
      isWord = true;
      at = end < 0 ? command.length : end + 1;
    } else if (rest.startsWith('"')) {
      const quoted = /^"((?:[^"\\]|\\.)*)"?/s.exec(rest)!;
      if (/[$`]/.test(quoted[1]!)) isOpen = true;
      text += quoted[1]!.replace(/\\(["\\$`])/g, '$1');
      isWord = true;
      at += quoted[0].length;
    } else if (rest.startsWith('\\') && rest.length > 1) {
      if (rest[1] !== '\n') text += rest[1];
      isWord = true;
      at += 2;
    } else {
      if (UNKNOWN_VALUE.test(rest[0]!)) isOpen = true;
      text += rest[0];
      isWord = true;
      at++;
    }
  }
  push();
  return words;
}

function behindDocument(command: string, from: number, end: string): number {
  for (let at = from; at < command.length; ) {
    const next = command.indexOf('\n', at);
    const line = command.slice(at, next < 0 ? undefined : next);
    at = next < 0 ? command.length : next + 1;
    if (line.replace(/^\t+/, '') === end) return at;
  }
  return command.length;
}
