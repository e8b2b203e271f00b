/** `1.3 cores`, `1 core`, `0.25 cores`. */
export function formatCores(cores: number): string {
  const text = coreFigure(cores);
  return text === '1' ? '1 core' : `${text} cores`;
}

/** The bare figure: two places below one core, one above, none that say nothing. */
export function coreFigure(cores: number): string {
  return String(Number(cores.toFixed(cores < 0.995 ? 2 : 1)));
}
