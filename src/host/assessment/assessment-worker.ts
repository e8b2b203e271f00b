import { parentPort, workerData } from 'node:worker_threads';
import { Assessor } from '../../core/assessment/assessor.ts';
import { systemClock } from '../../core/base/clock.ts';
import { pathFinder } from '../../core/launch/find-program.ts';
import { serveAssessment } from './serve-assessment.ts';

/** Entry of the assessment's thread; its data is the state folder. Reading and hashing a thousand files never blocks the extension host. */
if (parentPort === null) throw new Error('This file is the entry of a worker thread');
serveAssessment(parentPort, new Assessor({ home: workerData as string, clock: systemClock, finder: pathFinder() }));
