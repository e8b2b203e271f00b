import path from 'node:path';
import { styleText } from 'node:util';
import type { AgentRefusal } from '../core/model/agents/agent-evidence.ts';
import { oneLine } from '../core/present/format/one-line.ts';
import type { Conversation } from './agent-driver.ts';

type Look = Parameters<typeof styleText>[0];

const LONGEST_RESULT_LINES = 12;
const LONGEST_LINE = 160;

/** The conversation as lines with colours: for the terminal, and for the log, which is the same text. */
export class TerminalConversation implements Conversation {
  private readonly write: (text: string) => void;
  private readonly isColoured: boolean;
  private atLineStart = true;

  /** @param write puts text into the run's output. */
  constructor(write: (text: string) => void, isColoured: boolean) {
    this.write = write;
    this.isColoured = isColoured;
  }

  say(text: string): void {
    if (text === '') return;
    const plain = withoutControls(text);
    this.write(plain);
    this.atLineStart = plain.endsWith('\n');
  }

  call(tool: string, about: string): void {
    this.line(`${this.look('cyan', '●')} ${this.look('bold', tool)} ${cut(oneLine(about))}`);
  }

  result(text: string, isError: boolean): void {
    const lines = withoutControls(text).trimEnd().split('\n');
    const shown = lines.slice(0, LONGEST_RESULT_LINES).map((line) => `  ${this.resultLine(cut(line), isError)}`);
    const rest = lines.length - shown.length;
    if (rest > 0) shown.push(`  ${this.look('dim', `… ${rest} more ${rest === 1 ? 'line' : 'lines'}`)}`);
    this.line(shown.join('\n'));
  }

  refuse({ tool, path: file, why }: AgentRefusal): void {
    this.line(`${this.look('yellow', '✗')} ${this.look('bold', tool)}${file === undefined ? '' : ` ${oneLine(path.basename(file))}`}: ${this.look('yellow', oneLine(why))}`);
  }

  note(text: string): void {
    this.line(this.look('dim', oneLine(text)));
  }

  private line(text: string): void {
    this.write(`${this.atLineStart ? '' : '\n'}${text}\n`);
    this.atLineStart = true;
  }

  /** Lines of a diff have their colours, so that one sees at a glance what came and what went. */
  private resultLine(line: string, isError: boolean): string {
    if (isError) return this.look('red', line);
    if (line.startsWith('+')) return this.look('green', line);
    if (line.startsWith('-')) return this.look('red', line);
    return this.look('dim', line);
  }

  private look(look: Look, text: string): string {
    return this.isColoured && text !== '' ? styleText(look, text, { validateStream: false }) : text;
  }
}

/** What a model says must not move the cursor, or name the window. */
function withoutControls(text: string): string {
  // eslint-disable-next-line no-control-regex -- control characters are what has to go
  return text.replace(/\r\n/g, '\n').replace(/\u001b\[[\d;?]*[ -/]*[@-~]|\u001b\][^\u0007\u001b]*(?:\u0007|\u001b\\)?/g, '').replace(/[\u0000-\u0008\u000b-\u001f\u007f]/g, '');
}

function cut(line: string): string {
  return line.length > LONGEST_LINE ? `${line.slice(0, LONGEST_LINE - 1)}…` : line;
}
