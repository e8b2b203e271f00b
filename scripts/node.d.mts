export function isSuitable(nodeVersion?: string): boolean;
export function suitableNode(): string;
export function serverNode(): string;
export function npm(args: readonly string[], cwd?: string): void;
export function environmentWithNode(env?: NodeJS.ProcessEnv): NodeJS.ProcessEnv;
export function rerunUnderSuitableNode(moduleUrl: string): Promise<void>;
export function whenNpmIsGone(action: () => void): () => void;
