const MB = 1e6;

/** Sizes as the setting `types` has them: `384 MB`. */
export function megabytes(bytes: number): string {
  return `${Math.ceil(bytes / MB)} MB`;
}

export function percent(share: number): string {
  return `${Math.round(share * 100)} %`;
}

export function cores(figure: number): string {
  return `${Number(figure.toFixed(2))} cores`;
}

/** `4.2 s`, `75 min`. */
export function duration(ms: number): string {
  return ms < 120_000 ? `${Number((ms / 1000).toFixed(1))} s` : `${Math.round(ms / 60_000)} min`;
}
