export const extensionFolder: string;
export const extensionEntry: string;
export const mostAtActivation: number;
export function loadedWith(entry: string): readonly string[];
export function extensionSizes(): { readonly atActivation: number; readonly whole: number };
