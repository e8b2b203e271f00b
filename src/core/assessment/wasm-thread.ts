import { parentPort, type MessagePort } from 'node:worker_threads';
import { messageOf } from '../base/user-error.ts';
import { readWasmResult } from './ruff-diagnostic.ts';
import { WASM_SETTINGS } from './rules.ts';
import type { WasmReply, WasmRequest } from './wasm-message.ts';

/** Entry of a thread that holds the WASM build of ruff, which takes some 80 MB and never gives memory back. */
if (parentPort === null) throw new Error('This file is the entry of a worker thread');
void serve(parentPort);

async function serve(port: MessagePort): Promise<void> {
  // The one place that knows the library.
  const { PositionEncoding, Workspace } = await import('@astral-sh/ruff-wasm-nodejs');
  const workspace = new Workspace(WASM_SETTINGS, PositionEncoding.Utf32);
  const say = (reply: WasmReply): void => port.postMessage(reply);
  port.on('message', ({ text }: WasmRequest) => {
    try {
      say({ type: 'checked', diagnostics: readWasmResult(workspace.check(text)) });
    } catch (error) {
      say({ type: 'failed', why: messageOf(error) });
    }
  });
  say({ type: 'ready' });
}
