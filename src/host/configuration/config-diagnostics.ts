import * as vscode from 'vscode';
import type { Place } from '../../core/config/json-places.ts';
import type { ConfigProblem } from '../../core/config/parse-config.ts';
import type { ConfigWatch } from './config-watch.ts';

const SEVERITY = { error: vscode.DiagnosticSeverity.Error, warning: vscode.DiagnosticSeverity.Warning, hint: vscode.DiagnosticSeverity.Hint } as const;
const CONFIG_SOURCE = 'Parallel Workflow';

/** Shows what is wrong with configuration files at the very line. */
export class ConfigDiagnostics implements vscode.Disposable {
  private readonly collection = vscode.languages.createDiagnosticCollection('parallelWorkflow.configuration');
  private readonly emitter = new vscode.EventEmitter<void>();
  private readonly watch: ConfigWatch;
  private readonly subscription: vscode.Disposable;
  private found: ReadonlyMap<string, readonly ConfigProblem[]> = new Map();

  readonly onDidChange = this.emitter.event;

  constructor(watch: ConfigWatch) {
    this.watch = watch;
    this.subscription = watch.onDidChange(() => this.show());
  }

  /** All that is wrong, file by file. */
  get problems(): readonly { readonly path: string; readonly problem: ConfigProblem }[] {
    const conflicts = this.watch.merged.conflicts;
    return this.watch.files.flatMap(({ path, problems }) => {
      const all = [...problems, ...conflicts.filter((conflict) => conflict.path === path).map(({ problem }) => problem), ...(this.found.get(path) ?? [])];
      return all.map((problem) => ({ path, problem }));
    });
  }

  /** Problems that only those who carry a file out can tell, in place of those told before; by the path of the file. */
  setFound(found: ReadonlyMap<string, readonly ConfigProblem[]>): void {
    this.found = found;
    this.show();
  }

  dispose(): void {
    this.subscription.dispose();
    this.collection.dispose();
    this.emitter.dispose();
  }

  private show(): void {
    this.collection.clear();
    const problems = this.problems;
    for (const { path } of this.watch.files) this.collection.set(vscode.Uri.file(path), problems.filter((each) => each.path === path).map(({ problem }) => toDiagnostic(problem)));
    this.emitter.fire();
  }
}

function toDiagnostic({ severity, message, place }: ConfigProblem): vscode.Diagnostic {
  const diagnostic = new vscode.Diagnostic(rangeOf(place), message, SEVERITY[severity]);
  diagnostic.source = CONFIG_SOURCE;
  return diagnostic;
}

export function rangeOf({ line, column, endLine, endColumn }: Place): vscode.Range {
  return new vscode.Range(line, column, endLine, endColumn);
}
