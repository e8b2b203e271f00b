/** The methods of an object as functions that stand alone, in a plain object. Own fields are left out. */
export function boundCalls<T extends object>(part: T): T {
  const calls: Record<string, unknown> = {};
  const prototype = Object.getPrototypeOf(part) as Record<string, unknown>;
  for (const name of Object.getOwnPropertyNames(prototype)) {
    const method = prototype[name];
    if (name !== 'constructor' && typeof method === 'function') calls[name] = method.bind(part) as unknown;
  }
  return calls as T;
}
