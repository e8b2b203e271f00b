import type { EnginePort } from '../src/core/engine/engine-port.ts';

/** Submits tasks and resolves when all have ended, with how many did not end well. */
export async function finishAll(engine: EnginePort, tasks: readonly object[], workspace: string): Promise<number> {
  const submitted = await engine.submit({ workspace, name: 'Burst', tasks, confine: false });
  if (!submitted.ok) throw new Error(JSON.stringify(submitted.error));
  for (;;) {
    const changed = new Promise<void>((resolve) => {
      const listening = engine.onDidChange(() => {
        listening.dispose();
        resolve();
      });
    });
    const views = await engine.views(submitted.value.tasks);
    const ended = views.flatMap(({ task }) => (task.state.status === 'finished' ? [task.state.outcome] : []));
    if (ended.length === tasks.length) return ended.filter(({ type }) => type !== 'succeeded').length;
    await changed;
  }
}
