/** A share 0..1 as whole percent: `43 %`. */
export function formatShare(share: number): string {
  return `${Math.round(Math.min(Math.max(share, 0), 1) * 100)} %`;
}
