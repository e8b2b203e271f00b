import * as vscode from 'vscode';
import { reportJson } from '../../core/assessment/report-json.ts';
import type { AssessmentReport } from '../../core/assessment/report.ts';
import { assessmentPage } from '../../core/present/assessment/assessment-page.ts';
import { dateAndTime } from '../../core/present/format/date-and-time.ts';
import { workspaceRoots } from '../workspace-roots.ts';

/** A report as a Markdown page, with the times of this window's language. */
export function reportPage(report: AssessmentReport): string {
  const formatTime = (at: number): string => dateAndTime(at, vscode.env.language);
  return assessmentPage(report, { roots: workspaceRoots(), formatTime });
}

/** For programs. */
export function reportData(report: AssessmentReport): string {
  return `${JSON.stringify(reportJson(report), null, 2)}\n`;
}
