export function installWithApt(packages: readonly string[]): boolean;
export function aptCommand(packages: readonly string[]): string;
