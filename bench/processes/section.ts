// Measures one section and sends its figures to the parent.
import { SECTIONS } from '../sections.ts';
import type { SectionReply } from '../run-section.ts';

const [name = '', scratch = ''] = process.argv.slice(2);

async function measure(): Promise<SectionReply> {
  const section = SECTIONS.find((other) => other.name === name);
  if (section === undefined) return { failure: `there is no section ${name}` };
  try {
    const notes: string[] = [];
    return { figures: await section.measure(scratch, (text) => void notes.push(text)), notes };
  } catch (error) {
    return { failure: error instanceof Error ? (error.stack ?? error.message) : String(error) };
  }
}

process.send?.(await measure(), () => process.exit(0));
