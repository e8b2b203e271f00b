/** Who carries out prompts; see `executionMode()`. */
export type ExecutionMode = 'claude-only' | 'supplement' | 'takeover' | 'no-agent';
