/** Scripts that are run by the interpreter of their kind. */
export const SCRIPT_EXTENSIONS = ['py', 'sh', 'js', 'mjs', 'cjs', 'ts', 'R', 'ps1'] as const;

/** Lower case, since the case of an ending says nothing. */
export type ScriptEnding = `.${Lowercase<(typeof SCRIPT_EXTENSIONS)[number]>}`;
