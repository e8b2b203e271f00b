// eslint-disable-next-line no-control-regex -- terminal sequences are made of them
const SEQUENCES = /\u001b(?:\[[0-?]*[ -/]*[@-~]|\][^\u0007\u001b]*(?:\u0007|\u001b\\)?|[@-Z\\^_])/g;

/** Output as it reads on a page: without colours, and of redrawn lines the last state. */
export function plainText(output: string): string {
  return output.replaceAll('\r\n', '\n').replace(SEQUENCES, '').split('\n').map(lastState).join('\n');
}

function lastState(line: string): string {
  return line.includes('\r') ? (line.split('\r').findLast((state) => state !== '') ?? '') : line;
}
