import type { IconColor } from './tasks/icon-color.ts';

/** How one row of a tree looks and what it says. Icons are codicon ids; the `contextValue` is a kind and words that menus match. */
export interface Face {
  readonly label: string;
  /** Dimmed, behind the label. */
  readonly description: string;
  readonly icon: string;
  readonly iconColor?: IconColor;
  /** For screen readers: without figures that change by the second, which would be read out again and again. */
  readonly accessibility: string;
  readonly contextValue: string;
}

/** Whether two faces look the same, so that the row need not be drawn again. */
export function sameFace(a: Face, b: Face): boolean {
  return (
    a.label === b.label &&
    a.description === b.description &&
    a.icon === b.icon &&
    a.iconColor === b.iconColor &&
    a.accessibility === b.accessibility &&
    a.contextValue === b.contextValue
  );
}
