export interface WorkbenchAddress {
  /** Host and port of the server as they stand in the address bar. */
  readonly authority: string;
  readonly folder?: string;
  /** Folders of the extensions to load. */
  readonly extensions?: readonly string[];
  /** Module whose `run()` the extension host calls. */
  readonly tests?: string;
}

/** The address that opens a folder with extensions under development. */
export function workbenchAddress({ authority, folder, extensions = [], tests }: WorkbenchAddress): string {
  const remote = (path: string) => `vscode-remote://${authority}${encodeURI(path)}`;
  const payload = [
    ...extensions.map((path) => ['extensionDevelopmentPath', remote(path)]),
    ...(tests === undefined ? [] : [['extensionTestsPath', remote(tests)]]),
    ['skipWelcome', 'true'],
  ];
  const query = [...(folder === undefined ? ['ew=true'] : [`folder=${encodeURIComponent(folder)}`]), `payload=${encodeURIComponent(JSON.stringify(payload))}`];
  return `http://${authority}/?${query.join('&')}`;
}
