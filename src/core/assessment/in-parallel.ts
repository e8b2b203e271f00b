/** Does something with each item, with a few at once. */
export async function inParallel<T>(items: readonly T[], most: number, act: (item: T) => Promise<void>): Promise<void> {
  const queue = items.values();
  const turns = Array.from({ length: Math.min(most, items.length) }, async () => {
    for (const item of queue) await act(item);
  });
  await Promise.all(turns);
}
