import { cpSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import * as vscode from 'vscode';
import type { Json } from '../../../src/core/base/json.ts';
import { fileUri, workspaceFolder } from './observer.ts';

const CONFIG = 'parallel_execution_config.json';
const LEFT_OUT = /agent_outputs|__pycache__|[\\/]out$/;

/** The project's `examples/` in the workspace of the tests. */
export class ExampleProject {
  private readonly names: readonly string[];

  private constructor(names: readonly string[]) {
    this.names = names;
  }

  static copy(): ExampleProject {
    const source = path.join(vscode.extensions.getExtension('parallel-workflow.parallel-workflow')!.extensionPath, 'examples');
    const names = readdirSync(source).filter((name) => name !== CONFIG && !LEFT_OUT.test(name));
    for (const name of names) cpSync(path.join(source, name), path.join(workspaceFolder().uri.fsPath, name), { recursive: true, filter: (file) => !LEFT_OUT.test(file.slice(source.length)) });
    return new ExampleProject(names);
  }

  /** The roles as the example configures them, with more simulations and milestones, and options of other roles. */
  configure({ simulations, milestones, ...others }: { readonly simulations: readonly Json[]; readonly milestones: readonly Json[] } & Readonly<Record<string, Json>>): void {
    const source = path.join(vscode.extensions.getExtension('parallel-workflow.parallel-workflow')!.extensionPath, 'examples', CONFIG);
    const { version, roles } = JSON.parse(readFileSync(source, 'utf8')) as { readonly version: number; readonly roles: { readonly agent_simulations: { readonly options: { readonly simulations: readonly Json[] } }; readonly project_management: { readonly options: { readonly milestones: readonly Json[] } } } };
    const added = Object.fromEntries(Object.entries(others).map(([role, options]) => [role, { options }] as const));
    writeFileSync(fileUri(CONFIG).fsPath, JSON.stringify({
      version,
      roles: {
        agent_simulations: { options: { simulations: [...roles.agent_simulations.options.simulations, ...simulations] } },
        project_management: { options: { milestones: [...roles.project_management.options.milestones, ...milestones] } },
        ...added,
      },
    }));
  }

  /** Writes a batch, in which paths are those of the example. */
  batch(tasks: readonly object[]): vscode.Uri {
    const batch = fileUri('of-examples.parallel.json');
    writeFileSync(batch.fsPath, JSON.stringify({ tasks }));
    return batch;
  }

  remove(): void {
    for (const name of [...this.names, CONFIG, 'of-examples.parallel.json', 'agent_outputs']) rmSync(fileUri(name).fsPath, { recursive: true, force: true, maxRetries: 5 });
  }
}
