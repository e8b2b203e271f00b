/** Fields of a `parallel` task in `tasks.json` that a spec calls the same. */
const SAME = [
  'script', 'blender', 'function', 'arguments', 'command', 'prompt', 'shell', 'args', 'cwd', 'env', 'priority', 'role', 'agent', 'files',
  'model', 'context', 'handover', 'maxTurns', 'maxCost', 'follows', 'timeout', 'retries', 'backoff', 'cpu', 'memory', 'memoryLimit', 'tags', 'artifacts', 'startAt', 'ifMissing',
] as const;

/** A spec, as written, from a definition in `tasks.json`; the engine checks it. `type` is taken there, so it is called `taskType`. */
export function specOf(definition: Readonly<Record<string, unknown>>, name: string): Record<string, unknown> {
  const spec: Record<string, unknown> = { name };
  for (const field of SAME) if (definition[field] !== undefined) spec[field] = definition[field];
  if (definition.taskType !== undefined) spec.type = definition.taskType;
  return spec;
}
