import { provideVSCodeDesignSystem, vsCodeButton, vsCodeDropdown, vsCodeOption } from '@vscode/webview-ui-toolkit';

// The toolkit is no longer maintained: nothing else names it, so that three elements are all there is to replace.

interface Choosable extends HTMLElement {
  value: string;
}

/** Has to be called once, before any control is made. */
export function registerControls(): void {
  provideVSCodeDesignSystem().register(vsCodeButton(), vsCodeDropdown(), vsCodeOption());
}

/** A button; `quiet` ones stand back behind the one that is meant first. */
export function button(text: string, onPress: () => void, style: 'main' | 'quiet' = 'quiet', label = text): HTMLElement {
  const created = document.createElement('vscode-button');
  created.setAttribute('appearance', style === 'main' ? 'primary' : 'secondary');
  created.setAttribute('aria-label', label);
  created.textContent = text;
  created.addEventListener('click', onPress);
  return created;
}

export interface Choice {
  readonly value: string;
  readonly text: string;
}

export interface Dropdown {
  readonly element: HTMLElement;
  /** Shows a value, without a call of `onChoose`. */
  show(value: string): void;
}

/** A choice of one out of several. */
export function dropdown(label: string, choices: readonly Choice[], chosen: string, onChoose: (value: string) => void): Dropdown {
  const created = document.createElement('vscode-dropdown') as Choosable;
  created.setAttribute('aria-label', label);
  for (const { value, text } of choices) {
    const option = document.createElement('vscode-option');
    option.setAttribute('value', value);
    option.textContent = text;
    if (value === chosen) option.setAttribute('selected', '');
    created.append(option);
  }
  let shown = chosen;
  created.addEventListener('change', () => {
    if (created.value === shown) return;
    shown = created.value;
    onChoose(shown);
  });
  return {
    element: created,
    show(value) {
      if (value === shown) return;
      shown = value;
      created.value = value;
    },
  };
}
