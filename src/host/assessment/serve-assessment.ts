import type { Assessor, AssessRequest } from '../../core/assessment/assessor.ts';
import type { RpcChannel } from '../engine/rpc-message.ts';
import { Rpc } from '../engine/rpc.ts';
import { ASSESS, CANCEL, PORTION, type AssessEnd, type AssessPortion } from './assessment-call.ts';

/** Lets the other side of the channel use an assessor. */
export function serveAssessment(channel: RpcChannel, assessor: Pick<Assessor, 'assess'>): void {
  const running = new Map<number, AbortController>();
  const rpc = new Rpc(channel, {
    [ASSESS]: async (call: number, request: AssessRequest): Promise<AssessEnd> => {
      const control = new AbortController();
      running.set(call, control);
      try {
        const { runner, notes, read, reused } = await assessor.assess(request, (progress) => rpc.emit(PORTION, { ...progress, call } satisfies AssessPortion), control.signal);
        return { runner, notes, read, reused };
      } finally {
        running.delete(call);
      }
    },
    [CANCEL]: (call: number): void => running.get(call)?.abort(),
  });
}
