import { parentPort, workerData } from 'node:worker_threads';
import type { EngineOptions } from '../core/engine/engine-options.ts';
import { openEngine } from '../core/engine/open-engine.ts';
import { serveEngine } from './engine/serve-engine.ts';

/** Entry of the engine's thread: SQLite and process starts never block the extension host. */
if (parentPort === null) throw new Error('This file is the entry of a worker thread');
void serveEngine(parentPort, () => openEngine(workerData as EngineOptions));
