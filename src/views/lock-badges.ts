import { pathKey } from '../core/locks/path-key.ts';
import type { FileUse, FileUser } from '../core/model/file-use.ts';
import { lockTooltip } from '../core/present/file-use-tooltip.ts';
import { CoveringFiles } from '../host/locks/covering-files.ts';

/** Files whose badges are kept up to date; those asked for longest ago are forgotten, and asked for again when they are drawn. */
const MOST = 20_000;

interface Asked<T> {
  readonly resource: T;
  readonly key: string;
  tooltip: string | undefined;
}

/** Which of the files that are shown have a lock badge, and what it says. */
export class LockBadges<T> {
  private readonly asked = new Map<string, Asked<T>>();
  private readonly sentence: (writer: FileUser) => string;
  private used = new CoveringFiles<FileUse>([]);

  constructor(now: () => number, locale?: string) {
    this.sentence = (writer) => lockTooltip(writer, now(), locale);
  }

  /** What the badge of a file says; `undefined` for no badge. From now on the resource is told when that changes. */
  tooltip(resource: T, file: string): string | undefined {
    const known = this.asked.get(file);
    const asked = known ?? { resource, key: pathKey(file), tooltip: undefined };
    if (known === undefined && this.asked.size >= MOST) this.asked.delete(this.asked.keys().next().value!);
    this.asked.set(file, asked);
    asked.tooltip = this.tooltipOf(asked.key);
    return asked.tooltip;
  }

  /** Takes what is in use now; gives the resources whose badge is another one. */
  take(uses: readonly FileUse[]): readonly T[] {
    this.used = new CoveringFiles(uses.filter(({ holders }) => holders.some(isLock)));
    const changed: T[] = [];
    for (const asked of this.asked.values()) {
      const tooltip = this.tooltipOf(asked.key);
      if (tooltip === asked.tooltip) continue;
      asked.tooltip = tooltip;
      changed.push(asked.resource);
    }
    return changed;
  }

  private tooltipOf(key: string): string | undefined {
    const writer = this.used.of(key).flatMap(({ holders }) => holders).find(isLock);
    return writer === undefined ? undefined : this.sentence(writer);
  }
}

/** Reading locks nobody out, and people see by other signs what they type. */
function isLock({ mode, holder }: FileUser): boolean {
  return mode === 'write' && holder.type !== 'editor';
}
