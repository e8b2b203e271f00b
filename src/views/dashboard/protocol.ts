import type { Strategy } from '../../core/model/machine/strategy.ts';
import type { Look, Shown } from './shown.ts';

export const FORMATS = ['figures.csv', 'runs.csv', 'scripts.csv', 'json', 'png'] as const;

/** What can be saved: three tables, all of it, a picture. */
export type Format = (typeof FORMATS)[number];

export const PAGE_COMMANDS = ['addTask', 'pauseQueue', 'resumeQueue', 'openFolder', 'showLog', 'export'] as const;

/** Orders that take nothing but a click. */
export type PageCommand = (typeof PAGE_COMMANDS)[number];

/** From the extension host to a page. */
export type ToPage =
  /** Parts that changed; one revision after another. All parts when `isWhole`, whatever the revision before was. */
  | { readonly type: 'update'; readonly revision: number; readonly isWhole: boolean; readonly parts: Partial<Shown> }
  /** Asks for what is shown, to be saved. */
  | { readonly type: 'render'; readonly format: Format };

/** From a page to the extension host. */
export type ToHost =
  /** Asks for all parts: the page is new, or has missed a revision. */
  | { readonly type: 'ready'; readonly look: Look }
  | { readonly type: 'look'; readonly look: Look }
  | { readonly type: 'pin'; readonly strategy: Strategy | undefined }
  | { readonly type: 'apply' | 'undo' | 'dismiss'; readonly id: string }
  | { readonly type: 'openLog'; readonly task: number; readonly run: number }
  | { readonly type: 'command'; readonly command: PageCommand }
  /** Text, or base64 for a picture. */
  | { readonly type: 'save'; readonly format: Format; readonly data: string };
