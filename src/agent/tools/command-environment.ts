/** Variables that ask programs for colours, which are of no use to a model. */
const COLOURS = ['FORCE_COLOR', 'CLICOLOR_FORCE', 'PY_COLORS'];

/** The environment of an agent's commands: the run's, without colours and without what only the agent itself is to know. */
export function commandEnvironment(inherited: NodeJS.ProcessEnv, secrets: readonly string[]): NodeJS.ProcessEnv {
  const left = new Set([...COLOURS, ...secrets]);
  const env = Object.fromEntries(Object.entries(inherited).filter(([name]) => !left.has(name)));
  // Nobody is there to page or to answer.
  return { ...env, NO_COLOR: '1', PAGER: 'cat', GIT_PAGER: 'cat', GIT_TERMINAL_PROMPT: '0' };
}
