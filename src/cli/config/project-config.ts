import os from 'node:os';
import { ConfigReader, type FoundConfig } from '../../core/config/config-reader.ts';
import type { Place } from '../../core/config/json-places.ts';
import { milestonesIn } from '../../core/config/mend-milestones.ts';
import type { MergedConfig } from '../../core/config/merge-config.ts';
import type { ConfigProblem } from '../../core/config/parse-config.ts';
import type { ProjectAgents } from '../../core/model/agents/project-agents.ts';
import type { UserSettings } from '../../core/model/user-settings.ts';
import type { Role } from '../../core/model/roles/role.ts';
import { readEngineSettings, type EngineSettings } from '../../core/settings/engine-settings.ts';
import { readRoles } from '../../core/settings/read-roles.ts';
import { ENGINE_SETTINGS } from '../../core/settings/setting-keys.ts';
import { settingInForce } from '../../core/settings/setting-in-force.ts';
import { readProjectAgents } from '../../core/settings/read-project-agents.ts';
import { SettingReader } from '../../core/settings/setting-reader.ts';
import type { ConfigComplaint } from './config-complaint.ts';
import { WorkspaceSettings } from './workspace-settings.ts';

const USER_SETTINGS = 'user settings';

/** What some workspaces have an engine go by: built in < the person's settings < their configuration files < their workspace settings. */
export class ProjectConfig {
  private readonly roots: readonly string[];
  private readonly user: UserSettings;
  private readonly reader = new ConfigReader({ cores: os.availableParallelism(), memory: os.totalmem() });
  private readonly workspace: WorkspaceSettings;
  private current: EngineSettings;
  private currentAgents: ProjectAgents = {};
  private wrong: readonly ConfigComplaint[] = [];

  /** `user` is what a window told of the person's settings. */
  constructor(roots: readonly string[], user: UserSettings) {
    this.roots = roots;
    this.user = user;
    this.workspace = new WorkspaceSettings(roots);
    this.current = readEngineSettings(new SettingReader(() => undefined));
  }

  get settings(): EngineSettings {
    return this.current;
  }

  /** Of agents only what the files and the workspace settings say: the rest a window has told. */
  get agents(): ProjectAgents {
    return this.currentAgents;
  }

  get files(): readonly FoundConfig[] {
    return this.reader.files;
  }

  /** What was wrong at the last look. */
  get complaints(): readonly ConfigComplaint[] {
    return this.wrong;
  }

  get merged(): MergedConfig {
    return this.reader.merged();
  }

  /** Roles as one of the workspaces has them: what the files of another say is none of its business. */
  rolesOf(root: string): readonly Role[] {
    return readRoles(this.readerOf(this.reader.merged(root)));
  }

  /** Where the milestones of one of the workspaces stand when settings have the last word on them; one list is all of them, and that of a file is told with the file. */
  milestonesInSettings(root: string): string | undefined {
    const key = ENGINE_SETTINGS.rolesDefinitions;
    if (milestonesIn(this.workspace.value(key)) !== undefined) return this.placeOf(`${key}.project_management.options.milestones`);
    const isInFile = milestonesIn(this.reader.merged(root).values.get(key)?.value) !== undefined;
    return isInFile || milestonesIn(this.user[key]) === undefined ? undefined : USER_SETTINGS;
  }

  /** Looks at everything anew; resolves with what is wrong and was right, or wrong in another way, before: a line each. */
  async read(): Promise<readonly string[]> {
    await this.reader.read(this.roots);
    const unreadable = await this.workspace.look();
    const { conflicts } = this.merged;
    const reader = this.readerOf(this.merged);
    this.current = readEngineSettings(reader);
    const agents = readProjectAgents((field) => settingInForce({ workspaceValue: this.workspace.value(field) }, this.merged.values.get(field)).value);
    this.currentAgents = agents.said;
    const told = new Set(this.wrong.map(({ line }) => line));
    this.wrong = [
      ...this.files.flatMap(({ path, problems }) => problems.filter(({ severity }) => severity !== 'hint').map((problem) => ({ source: path, line: problemLine(path, problem) }))),
      ...conflicts.map(({ path, problem }) => ({ source: path, line: problemLine(path, problem) })),
      ...unreadable.map(({ path, place, message, isHeld }) => ({ source: path, line: `${placeText(path, place)}: error: ${message}; ${isHeld ? 'the settings it held before are in force' : 'its settings are not in force'}` })),
      ...[...reader.problems, ...agents.problems].map(({ place, message }) => ({ source: this.workspace.placeOf(place)?.path ?? USER_SETTINGS, line: `${this.placeOf(place)}: error: ${message}` })),
    ];
    return this.wrong.flatMap(({ line }) => (told.has(line) ? [] : [line]));
  }

  private placeOf(setting: string): string {
    const written = this.workspace.placeOf(setting);
    return written === undefined ? USER_SETTINGS : placeText(written.path, written.place);
  }

  private readerOf({ values }: MergedConfig): SettingReader {
    return new SettingReader((key) => settingInForce({ globalValue: this.user[key], workspaceValue: this.workspace.value(key) }, values.get(key)).value);
  }
}

/** As compilers say it, so that terminals lead to the place. */
export function problemLine(path: string, { severity, message, place }: ConfigProblem): string {
  return `${placeText(path, place)}: ${severity}: ${message}`;
}

function placeText(path: string, { line, column }: Place): string {
  return `${path}:${line + 1}:${column + 1}`;
}
