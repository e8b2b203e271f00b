/** Text of others, to stand in Markdown as itself: no emphasis, link, tag, table cell, icon or heading comes out of it. */
export function escapeMarkdown(text: string): string {
  return text
    .replace(/[\r\n\t\u2028\u2029]+/g, ' ')
    .replace(/&/g, '&amp;')
    .replace(/</g, '&lt;')
    .replace(/>/g, '&gt;')
    .replace(/[\\`*_{}[\]()#+\-!|~$.:@]/g, '\\$&');
}

/** The same for text in the middle of a line of a document, which stays readable as it is written. */
export function escapeInline(text: string): string {
  return text.replace(/[\r\n\t\u2028\u2029]+/g, ' ').replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/[\\`*_[\]|~$]/g, '\\$&');
}

/** Text as code in a line, behind more backticks than it has in a row. */
export function codeSpan(text: string): string {
  const shown = text.replace(/[\r\n\t\u2028\u2029]+/g, ' ').replaceAll('|', '\\|');
  const fence = '`'.repeat(1 + Math.max(0, ...[...shown.matchAll(/`+/g)].map(([run]) => run.length)));
  const gap = fence.length > 1 ? ' ' : '';
  return `${fence}${gap}${shown}${gap}${fence}`;
}

/** A block shown as it is, behind a fence longer than any run of backticks in it. */
export function codeBlock(text: string, language = ''): string {
  const longest = Math.max(2, ...[...text.matchAll(/`+/g)].map((run) => run[0].length));
  const fence = '`'.repeat(longest + 1);
  return `${fence}${language}\n${text.replace(/\r\n?/g, '\n')}\n${fence}`;
}
