import type { HostedMessage, HostedRequest } from '../../core/model/agents/hosted-request.ts';

/** Carries out tasks of a kind of its own; resolves with the exit code. */
export type HostedRunner = (request: HostedRequest, say: (message: Exclude<HostedMessage, { type: 'end' }>) => void, signal: AbortSignal) => Promise<number>;
