/** What an engine lives in. */
export type EngineKind = 'window' | 'cli';
