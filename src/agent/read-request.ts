import fs from 'node:fs';
import path from 'node:path';
import { UserError, messageOf } from '../core/base/user-error.ts';
import { AGENT_NAMES } from '../core/model/agents/agent.ts';
import { AGENT_FILES, type AgentRequest } from '../core/model/agents/agent-request.ts';

/**
 * What the engine wants of this run.
 * @throws UserError when the folder holds no request, or one of another version.
 */
export function readRequest(folder: string): AgentRequest {
  const file = path.join(folder, AGENT_FILES.request);
  let request: Partial<AgentRequest> | null;
  try {
    request = JSON.parse(fs.readFileSync(file, 'utf8')) as Partial<AgentRequest> | null;
  } catch (error) {
    throw new UserError(`The request of this run cannot be read (${messageOf(error)}):`, 'queue the prompt again.');
  }
  const isWhole = typeof request?.prompt === 'string' && typeof request.home === 'string' && typeof request.cwd === 'string' && AGENT_NAMES.includes(request.agent!) && request.settings !== undefined;
  if (!isWhole) throw new UserError(`Expected a request for an agent in ${file}, got something else:`, 'queue the prompt again; if that does not help, restart the windows so that all run the same version.');
  return request as AgentRequest;
}
