import * as vscode from 'vscode';
import type { RoleView } from '../../core/model/roles/role-view.ts';
import { presentRole, roleWords } from '../../core/present/roles/present-role.ts';
import { BACK, pickStep, type Place } from './steps.ts';

/** The roles of the open folders, when somebody asks for them. */
export type RolesOf = () => Promise<readonly RoleView[]>;

interface RoleItem extends vscode.QuickPickItem {
  readonly role: string | undefined;
}

/** The name of the role that something is to join; a `role` of `undefined` is none. */
export async function roleStep(place: Place & { readonly placeholder: string }, roles: RolesOf, current: string | undefined): Promise<{ readonly role: string | undefined } | typeof BACK | undefined> {
  const picked = await pickStep<RoleItem>({
    ...place,
    items: roles().then((views) => [{ label: vscode.l10n.t('None'), role: undefined }, ...views.filter((view) => roleWords(view).includes('enabled')).map(itemOf)]),
    isChosen: ({ role }) => role === current,
  });
  return picked === BACK || picked === undefined ? picked : { role: picked[0]!.role };
}

function itemOf(view: RoleView): RoleItem {
  const { icon, description } = presentRole(view);
  return { label: `$(${icon}) ${view.role.label}`, description, detail: view.role.purpose, role: view.role.name };
}
