import type { PromptSpent } from '../../model/agents/prompt-spent.ts';
import { dollars } from './present-agent.ts';

/** What there is of `3 turns`, `$0.12`, `2 refused`, `1 file changed`. */
export function turnWords({ turns, costUsd, refusals, filesChanged }: Pick<PromptSpent, 'turns' | 'costUsd' | 'refusals' | 'filesChanged'>): string[] {
  return [
    ...(turns > 0 ? [counted(turns, 'turn')] : []),
    ...(costUsd !== undefined && costUsd > 0 ? [dollars(costUsd)] : []),
    ...(refusals > 0 ? [`${refusals} refused`] : []),
    ...(filesChanged.length > 0 ? [`${counted(filesChanged.length, 'file')} changed`] : []),
  ];
}

/** `12.3k tokens read, 900 written` */
export function tokenWords({ inputTokens, outputTokens }: Pick<PromptSpent, 'inputTokens' | 'outputTokens'>): string {
  return `${short(inputTokens)} tokens read, ${short(outputTokens)} written`;
}

function counted(count: number, what: string): string {
  return `${count} ${what}${count === 1 ? '' : 's'}`;
}

function short(count: number): string {
  if (count < 1000) return String(count);
  return count < 999_950 ? `${(count / 1000).toFixed(1)}k` : `${(count / 1e6).toFixed(1)}M`;
}
