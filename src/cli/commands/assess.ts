import { existsSync } from 'node:fs';
import path from 'node:path';
import { assessFiles } from '../../core/assessment/assess-files.ts';
import { DEFAULT_THRESHOLD, isWorse, THRESHOLDS, type Threshold } from '../../core/assessment/grade-letter.ts';
import { reportJson } from '../../core/assessment/report-json.ts';
import { reportOf, type AssessmentReport } from '../../core/assessment/report.ts';
import { UserError } from '../../core/base/user-error.ts';
import { pathFinder } from '../../core/launch/find-program.ts';
import { assessmentPage } from '../../core/present/assessment/assessment-page.ts';
import { dateAndTime } from '../../core/present/format/date-and-time.ts';
import { command } from '../command.ts';
import { EXIT } from '../exit-code.ts';
import { assessmentLines } from '../report/assessment-lines.ts';
import { printJson } from '../report/print-json.ts';
import { withObserver, workspaceFor } from '../session.ts';

export const assessCommand = command({
  usage: ['assess [FILE | FOLDER]... [OPTIONS]'],
  about: [
    'Judges Python scripts, all those of the workspace where none are named: by the rules of ruff (of the workspace’s virtual environment or of the PATH, else the one built in), by how complex their functions are, and by what their runs cost. Files that have not changed are not read twice.',
    'The exit code is 1 when a script is graded below the threshold or a file that is named cannot be assessed, 2 when there is no such file. Grades go from A to E; a script that cannot be parsed has an F. With --quiet only the files below the threshold are printed.',
  ],
  options: {
    markdown: { type: 'boolean', help: 'print a Markdown page instead of a table' },
    threshold: { type: 'string', value: 'GRADE', help: `the worst grade that is good enough: ${THRESHOLDS.join(', ')}; ${DEFAULT_THRESHOLD} without` },
    ruff: { type: 'string', value: 'PROGRAM', help: 'the ruff to use' },
    'built-in': { type: 'boolean', help: 'use the ruff that is built in and leave out what runs took, so that every machine says the same' },
  },
  async run(context, { options, positionals, rest }) {
    if (options.markdown && context.json) throw new UserError('Expected one of `--markdown` and `--json`, got both.');
    if (options.ruff !== undefined && options['built-in']) throw new UserError('Expected one of `--ruff` and `--built-in`, got both.');
    const threshold = parseThreshold(options.threshold);
    const finder = pathFinder(context.env);
    if (options.ruff !== undefined && finder.find(options.ruff) === undefined) throw new UserError(`\`--ruff\`: there is no program \`${options.ruff}\`;`, 'name another, or leave it out for that of the workspace, of the PATH, or the one built in.');
    const paths = [...positionals, ...(rest ?? [])].map((each) => existing(path.resolve(context.cwd, each)));
    return withObserver(context, async (engine) => {
      const workspace = await workspaceFor(context, engine);
      const assessment = await assessFiles(paths.length === 0 ? [workspace] : paths, {
        home: context.home, clock: context.clock, finder, workspace, allowPrograms: !options['built-in'],
        ...(options.ruff !== undefined && { ruff: options.ruff }),
      });
      const report = reportOf(assessment, options['built-in'] ? [] : await engine.scripts([]), context.clock.now());
      const below = report.scripts.filter(({ grade }) => isWorse(grade.letter, threshold));
      const { output, style, cwd } = context;
      if (context.json) printJson(output, reportJson(report));
      else if (options.markdown) output.write(assessmentPage(report, { roots: [cwd], formatTime: dateAndTime }));
      else if (context.quiet) output.write(below.map(({ script }) => `${path.relative(cwd, script.path)}\n`).join(''));
      else output.write(`${assessmentLines(report, { style, width: output.columns, cwd, areFindingsShown: paths.length > 0 && isOneFile(report) }).join('\n')}\n`);
      const skipped = report.skipped.filter((file) => paths.includes(file.path));
      if (!context.quiet && !context.json) output.writeError(whyFailed(below.length, report.scripts.length, skipped.length, threshold));
      return below.length + skipped.length > 0 ? EXIT.failed : EXIT.ok;
    });
  },
});

function parseThreshold(text: string | undefined): Threshold {
  if (text === undefined) return DEFAULT_THRESHOLD;
  const threshold = THRESHOLDS.find((each) => each === text.toUpperCase());
  if (threshold === undefined) throw new UserError(`Expected \`--threshold\` to be one of ${THRESHOLDS.map((each) => `\`${each}\``).join(', ')}, got \`${text}\`.`);
  return threshold;
}

/** In a terminal the table tells which; a pipeline may show no more than this. */
function whyFailed(below: number, scripts: number, skipped: number, threshold: Threshold): string {
  const graded = below === 0 ? '' : `${below} of ${scripts} ${scripts === 1 ? 'script' : 'scripts'} graded worse than ${threshold}, the threshold (\`--threshold\`).\n`;
  return `${graded}${skipped === 0 ? '' : `${skipped} of the files named could not be assessed.\n`}`;
}

function existing(file: string): string {
  if (!existsSync(file)) throw new UserError(`There is no file or folder \`${file}\`;`, 'name scripts, or folders that hold them.');
  return file;
}

function isOneFile({ scripts, skipped }: AssessmentReport): boolean {
  return scripts.length + skipped.length === 1;
}
