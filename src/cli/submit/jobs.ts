import { UserError } from '../../core/base/user-error.ts';
import type { OptionTable } from '../command-option.ts';

export const JOBS_OPTION = {
  jobs: { type: 'string', short: 'j', value: 'N', help: 'run at most so many at once from here, below the limits of the machine' },
} as const satisfies OptionTable;

export function parseJobs(text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  if (!/^[1-9]\d{0,5}$/.test(text)) throw new UserError(`Expected \`--jobs\` to be an integer ≥ 1, got \`${text}\`.`);
  return Number(text);
}
