import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { until } from '../support/until.ts';
import type { Workbench } from '../support/vscode-server/workbench.ts';

/** Resolves when VS Code has kept unsaved text for the case of a reload. */
export async function backedUp({ userFolder }: Workbench, text: string): Promise<void> {
  const folder = join(userFolder, 'Backups');
  await until(`“${text}” to be kept for a reload`, () => {
    if (!existsSync(folder)) return false;
    const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
    return files.some(({ parentPath, name }) => readFileSync(join(parentPath, name), 'utf8').includes(text));
  });
}
