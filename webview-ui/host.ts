import type { ToHost, ToPage } from '../src/views/dashboard/protocol.ts';
import { readToPage } from '../src/views/dashboard/read-to-page.ts';

/** What VS Code gives to a page. */
interface VsCodeApi {
  postMessage(message: ToHost): void;
  getState(): unknown;
  setState(state: unknown): void;
}

declare const acquireVsCodeApi: () => VsCodeApi;

/** The extension host, as the page sees it. */
export class Host {
  private readonly api = acquireVsCodeApi();

  send(message: ToHost): void {
    this.api.postMessage(message);
  }

  onMessage(listener: (message: ToPage) => void): void {
    window.addEventListener('message', ({ data }: MessageEvent<unknown>) => {
      const message = readToPage(data);
      if (message !== undefined) listener(message);
    });
  }

  get state(): unknown {
    return this.api.getState();
  }

  set state(state: unknown) {
    this.api.setState(state);
  }
}
