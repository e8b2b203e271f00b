import { isInside } from '../../core/spec/paths.ts';

/** Something that is wrong with what a workspace has its engines go by. */
export interface ConfigComplaint {
  /** What it stands in: a file, or the settings of the person. */
  readonly source: string;
  /** All of it, in a line that begins with the place. */
  readonly line: string;
}

/** Of each source the first complaint, in a line, and how to read the others. */
export function onePerSource(complaints: readonly ConfigComplaint[], roots: readonly string[], cwd: string): readonly string[] {
  const elsewhere = roots.find((root) => !isInside(cwd, root));
  const status = `\`parallel-workflow status${elsewhere === undefined ? '' : ` --workspace ${elsewhere}`}\``;
  return [...new Set(complaints.map(({ source }) => source))].map((source) => {
    const [first, ...more] = complaints.filter((complaint) => complaint.source === source);
    return more.length === 0 ? first!.line : `${first!.line} (and ${more.length} more, which ${status} tells)`;
  });
}
