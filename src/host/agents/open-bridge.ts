import type { WindowService } from '../../agent/window/window-service.ts';
import type { EditorLocks } from '../editors/editor-locks.ts';
import { BridgeServer } from './bridge-server.ts';
import { chat } from './chat.ts';
import { replaceText, unsavedText } from './window-edits.ts';

export interface BridgeParts {
  readonly home: string;
  readonly roots: () => readonly string[];
  readonly editors: Pick<EditorLocks, 'whileEdited'>;
  readonly onError: (error: unknown) => void;
}

/** Opens the door through which runners of prompts use this window's models and editors. */
export function openBridge({ home, roots, editors, onError }: BridgeParts): Promise<BridgeServer> {
  const service: WindowService = {
    chat,
    unsaved: (file) => Promise.resolve(unsavedText(file)),
    replace: (file, before, after) => replaceText(file, before, after, { roots: roots(), editors }),
  };
  return BridgeServer.open({ home, roots: roots(), service, onError });
}
