import type { Json } from '../base/json.ts';

/** What a person has set in VS Code for all workspaces, by the names of the settings: for command lines, which cannot ask it. */
export type UserSettings = Readonly<Record<string, Json>>;
