/** What an engine lives in. One of a prompt's runner (`agent`) only asks for files. */
export type EngineKind = 'window' | 'cli' | 'agent';
