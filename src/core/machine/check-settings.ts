import { UserError } from '../base/user-error.ts';
import type { MachineSettings } from '../model/machine/machine-settings.ts';

const HOUR_MS = 3_600_000;

/** A share above which nothing lies: what is never reached. */
const NEVER = 1.01;

/** @throws UserError that names the first field which is wrong, and what it should be. */
export function checkMachineSettings(settings: MachineSettings): void {
  const { periodMs, dwellMs, releaseMs, ceiling, yieldFrom } = settings;
  expect(isFrom(periodMs, 500, 60_000), 'periodMs', 'a number from 500 to 60000', periodMs);
  expect(isFrom(dwellMs, 0, HOUR_MS), 'dwellMs', `a number from 0 to ${HOUR_MS}`, dwellMs);
  expect(isFrom(releaseMs, 0, HOUR_MS), 'releaseMs', `a number from 0 to ${HOUR_MS}`, releaseMs);
  for (const measure of ['cpu', 'memory', 'disk', 'pressure'] as const) {
    const threshold = settings.thresholds[measure];
    for (const level of ['enter', 'critical', 'release'] as const) {
      expect(isFrom(threshold[level], 0, NEVER), `thresholds.${measure}.${level}`, `a share from 0 to ${NEVER}`, threshold[level]);
    }
    expect(threshold.release < threshold.enter, `thresholds.${measure}.release`, `below enter, ${threshold.enter}`, threshold.release);
    expect(threshold.enter <= threshold.critical, `thresholds.${measure}.critical`, `at least enter, ${threshold.enter}`, threshold.critical);
  }
  expect(typeof settings.adaptive === 'boolean', 'adaptive', '`true` or `false`', settings.adaptive);
  expect(isFrom(ceiling, 1, 16), 'ceiling', 'a factor from 1 to 16', ceiling);
  expect(['wait', 'suspend', 'kill'].includes(settings.whenCritical), 'whenCritical', '`wait`, `suspend` or `kill`', settings.whenCritical);
  expect(yieldFrom === undefined || Number.isFinite(yieldFrom), 'yieldFrom', 'a priority, or nothing', yieldFrom);
  expect(typeof settings.shadow === 'boolean', 'shadow', '`true` or `false`', settings.shadow);
}

function isFrom(value: number, least: number, most: number): boolean {
  return Number.isFinite(value) && value >= least && value <= most;
}

function expect(isFine: boolean, field: string, expected: string, got: unknown): void {
  if (!isFine) throw new UserError(`Expected \`${field}\` of the machine's settings to be ${expected}, got \`${String(JSON.stringify(got) ?? got)}\`.`);
}
