import * as vscode from 'vscode';
import { isPythonFile } from '../../core/assessment/find-scripts.ts';
import type { Settings } from '../settings/settings.ts';
import type { ScriptAssessor } from './script-assessor.ts';

/** Shows the findings of ruff itself, as people write. */
const RUFF_EXTENSION = 'charliermarsh.ruff';

/** Assesses Python files as they are saved; those saved while one look is under way together in the next. */
export class AssessOnSave implements vscode.Disposable {
  private readonly assessor: ScriptAssessor;
  private readonly settings: () => Settings;
  private readonly onError: (error: unknown) => void;
  private readonly subscription: vscode.Disposable;
  private readonly saved = new Map<string, vscode.Uri>();
  private isLooking = false;

  constructor(assessor: ScriptAssessor, settings: () => Settings, onError: (error: unknown) => void) {
    this.assessor = assessor;
    this.settings = settings;
    this.onError = onError;
    this.subscription = vscode.workspace.onDidSaveTextDocument(({ uri }) => this.note(uri));
  }

  dispose(): void {
    this.subscription.dispose();
    this.saved.clear();
  }

  private note(uri: vscode.Uri): void {
    // Where the extension of ruff is at work, each finding would be there twice.
    if (uri.scheme !== 'file' || !isPythonFile(uri.fsPath) || !this.settings().assessment.onSave || vscode.extensions.getExtension(RUFF_EXTENSION) !== undefined) return;
    this.saved.set(String(uri), uri);
    if (!this.isLooking) void this.look();
  }

  private async look(): Promise<void> {
    this.isLooking = true;
    try {
      while (this.saved.size > 0) {
        const files = [...this.saved.values()];
        this.saved.clear();
        await this.assessor.assess(files, { cause: 'saved' });
      }
    } catch (error) {
      this.onError(error);
    } finally {
      this.isLooking = false;
    }
  }
}
