import { test, type TestContext } from 'node:test';
import { openWorkbench, type Workbench, type WorkbenchOptions } from './workbench.ts';

/** A test in a VS Code of its own. When it fails, what the windows showed is in `out/screenshots/`. */
export function pageTest(name: string, options: () => WorkbenchOptions, body: (workbench: Workbench, context: TestContext) => Promise<void>): void {
  void test(name, { timeout: 180_000 }, async (context) => {
    const workbench = await openWorkbench(options());
    try {
      await withScreenshot(workbench, name, () => body(workbench, context));
    } finally {
      await workbench.close();
    }
  });
}

/** For tests that share a workbench: runs one and keeps a picture when it fails. */
export async function withScreenshot(workbench: Workbench, name: string, body: () => Promise<void>): Promise<void> {
  try {
    await body();
  } catch (error) {
    const pictures = await workbench.screenshot(name).catch((reason: unknown) => [`no picture: ${String(reason)}`]);
    throw new Error(`${error instanceof Error ? error.message : String(error)}\nSeen: ${pictures.join(', ')}`, { cause: error });
  }
}
