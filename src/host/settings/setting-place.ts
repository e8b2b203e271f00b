/** Where a setting is written. */
export type SettingPlace = 'user' | 'workspace';

/**
 * Where a change has to be written to be in force: beside what has the last word now. The files of a project are left as they are;
 * the settings of the workspace outrank them.
 */
export function placeOf({ from }: { readonly from: readonly { readonly type: 'builtIn' | 'user' | 'file' | 'workspace' }[] }): SettingPlace {
  return from.some(({ type }) => type === 'file' || type === 'workspace') ? 'workspace' : 'user';
}
