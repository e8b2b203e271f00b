/** Colours of the VS Code theme in force; none are our own. */
export interface Theme {
  readonly isHighContrast: boolean;
  readonly background: string;
  readonly foreground: string;
  readonly muted: string;
  readonly grid: string;
  readonly font: string;
  readonly blue: string;
  readonly purple: string;
  readonly green: string;
  readonly passed: string;
  readonly failed: string;
  readonly skipped: string;
  readonly warning: string;
  readonly error: string;
}

export type ColorName = 'blue' | 'purple' | 'green' | 'passed' | 'failed' | 'skipped' | 'warning' | 'error' | 'foreground' | 'muted';

export function readTheme(): Theme {
  const styles = getComputedStyle(document.body);
  const first = (...names: readonly string[]): string => names.map((name) => styles.getPropertyValue(`--vscode-${name}`).trim()).find((value) => value !== '') ?? styles.color;
  const isHighContrast = /\bvscode-high-contrast/.test(document.body.className);
  return {
    isHighContrast,
    background: first('editor-background', 'panel-background'),
    foreground: first('foreground', 'editor-foreground'),
    muted: isHighContrast ? first('foreground') : first('descriptionForeground', 'foreground'),
    // Lines of editors and widgets are hardly seen in some themes.
    grid: isHighContrast ? `color-mix(in srgb, ${first('contrastBorder', 'foreground')} 35%, transparent)` : `color-mix(in srgb, ${first('foreground', 'editor-foreground')} 16%, transparent)`,
    font: `11px ${first('font-family') || 'sans-serif'}`,
    blue: first('charts-blue', 'foreground'),
    purple: first('charts-purple', 'foreground'),
    green: first('charts-green', 'foreground'),
    passed: first('testing-iconPassed', 'charts-green', 'foreground'),
    failed: first('testing-iconFailed', 'charts-red', 'errorForeground'),
    skipped: first('testing-iconSkipped', 'descriptionForeground', 'foreground'),
    warning: first('charts-yellow', 'editorWarning-foreground', 'foreground'),
    error: first('charts-red', 'errorForeground', 'foreground'),
  };
}

/** Calls when a person chooses another theme: VS Code then changes the classes and variables of the page. */
export function onThemeChange(listener: () => void): void {
  const observer = new MutationObserver(listener);
  observer.observe(document.body, { attributes: true, attributeFilter: ['class', 'data-vscode-theme-id'] });
  observer.observe(document.documentElement, { attributes: true, attributeFilter: ['style'] });
}
