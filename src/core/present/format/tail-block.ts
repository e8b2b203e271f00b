import { codeBlock } from './escape-markdown.ts';

const LINES = 8;
const LINE_WIDTH = 160;

/** The last lines of an output as a block; empty for an empty output. Colours and redrawn progress are taken out. */
export function tailBlock(output: string): string {
  const lines = lastLines(output);
  return lines.length === 0 ? '' : `Last lines of its error output:\n\n${codeBlock(lines.join('\n'), 'text')}`;
}

export function lastLines(output: string, count = LINES): readonly string[] {
  return plain(output)
    .split('\n')
    .map((line) => line.slice(line.lastIndexOf('\r') + 1).trimEnd())
    .filter((line) => line !== '')
    .slice(-count)
    .map((line) => (line.length > LINE_WIDTH ? `${line.slice(0, LINE_WIDTH)}…` : line));
}

function plain(output: string): string {
  return (
    output
      .replaceAll('\r\n', '\n')
      // eslint-disable-next-line no-control-regex -- terminal sequences are made of them
      .replace(/\u001b(?:\[[0-?]*[ -/]*[@-~]|\][^\u0007\u001b]*(?:\u0007|\u001b\\)?|[@-Z\\^_])/g, '')
      // eslint-disable-next-line no-control-regex -- what is left of them is not for a page
      .replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f]/g, '')
  );
}
