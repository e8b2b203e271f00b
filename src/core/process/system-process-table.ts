import { linuxProcessTable } from './linux-process-table.ts';
import type { ProcessTable } from './process-table.ts';
import { psProcessTable } from './ps-process-table.ts';
import { runTool } from './tool.ts';
import { windowsProcessTable } from './windows-process-table.ts';

export function systemProcessTable(platform: NodeJS.Platform = process.platform): ProcessTable {
  switch (platform) {
    case 'linux':
      return linuxProcessTable;
    case 'win32':
      return windowsProcessTable(runTool);
    default:
      return psProcessTable(runTool);
  }
}
