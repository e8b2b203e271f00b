/** An option as parsing and help need it. */
export interface CommandOption {
  readonly type: 'boolean' | 'string';
  readonly multiple?: boolean;
  readonly short?: string;
  /** What stands for the value in the help: `N`, `DIR`. */
  readonly value?: string;
  readonly help: string;
}

export type OptionTable = Readonly<Record<string, CommandOption>>;

type ValueOf<O extends CommandOption> = O['type'] extends 'boolean' ? boolean : O extends { readonly multiple: true } ? readonly string[] : string | undefined;

export type OptionValues<T extends OptionTable> = { readonly [K in keyof T]: ValueOf<T[K]> };

/** Understood by every command. */
export const GLOBAL_OPTIONS = {
  home: { type: 'string', value: 'DIR', help: 'state folder, instead of PARALLEL_WORKFLOW_HOME or the usual place; made by what queues, not by what only looks' },
  workspace: { type: 'string', value: 'DIR', help: 'root of the workspace that the command is about, instead of that of the current folder' },
  json: { type: 'boolean', help: 'print data instead of text' },
  quiet: { type: 'boolean', short: 'q', help: 'print only what was asked for: ids, figures, errors' },
  'no-color': { type: 'boolean', help: 'no colours (as does the variable NO_COLOR)' },
  help: { type: 'boolean', short: 'h', help: 'say how the command is used' },
} as const satisfies OptionTable;
