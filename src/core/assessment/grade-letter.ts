/** From the best to the worst; only a script that cannot be parsed has an F. */
export const GRADE_LETTERS = ['A', 'B', 'C', 'D', 'E', 'F'] as const;

export type GradeLetter = (typeof GRADE_LETTERS)[number];

/** Letters that a threshold may be: with F all would pass. */
export const THRESHOLDS = ['A', 'B', 'C', 'D', 'E'] as const satisfies readonly GradeLetter[];

export type Threshold = (typeof THRESHOLDS)[number];

export const DEFAULT_THRESHOLD: Threshold = 'D';

/** The fewest points for a letter. */
const FEWEST: readonly (readonly [GradeLetter, number])[] = [['A', 90], ['B', 80], ['C', 65], ['D', 50]];

/** Of 0..100 points. */
export function letterOf(score: number): GradeLetter {
  return FEWEST.find(([, points]) => score >= points)?.[0] ?? 'E';
}

export function isWorse(letter: GradeLetter, threshold: GradeLetter): boolean {
  return GRADE_LETTERS.indexOf(letter) > GRADE_LETTERS.indexOf(threshold);
}
