/** The variables of VS Code's own themes that the page asks for. */
export type ThemeName = 'dark' | 'light' | 'high-contrast' | 'high-contrast-light';

type Variables = Readonly<Record<string, string>>;

const FONT = { 'font-family': 'sans-serif', 'font-size': '13px' };

const DARK: Variables = {
  ...FONT, 'editor-background': '#1f1f1f', 'panel-background': '#1f1f1f', foreground: '#cccccc', 'editor-foreground': '#cccccc', descriptionForeground: '#9d9d9d', focusBorder: '#0078d4', 'panel-border': '#2b2b2b', 'widget-border': '#313131', 'editorWidget-background': '#202020',
  'editorIndentGuide-background1': '#404040', 'charts-blue': '#3794ff', 'charts-purple': '#b180d7', 'charts-orange': '#d18616', 'charts-yellow': '#cca700', 'charts-red': '#f14c4c', 'charts-green': '#89d185', 'testing-iconPassed': '#73c991', 'testing-iconFailed': '#f14c4c', 'testing-iconSkipped': '#848484',
  'editorWarning-foreground': '#cca700', errorForeground: '#f85149', 'textLink-foreground': '#4daafc', 'button-background': '#0078d4', 'button-foreground': '#ffffff', 'button-hoverBackground': '#026ec1', 'button-secondaryBackground': '#313131', 'button-secondaryForeground': '#cccccc', 'button-secondaryHoverBackground': '#3c3c3c',
  'dropdown-background': '#313131', 'dropdown-foreground': '#cccccc', 'dropdown-border': '#3c3c3c', 'settings-dropdownListBorder': '#454545', 'list-activeSelectionBackground': '#04395e', 'list-activeSelectionForeground': '#ffffff', 'editorHoverWidget-background': '#202020', 'editorHoverWidget-foreground': '#cccccc', 'editorHoverWidget-border': '#454545',
};

const LIGHT: Variables = {
  ...DARK, 'editor-background': '#ffffff', 'panel-background': '#f8f8f8', foreground: '#3b3b3b', 'editor-foreground': '#3b3b3b', descriptionForeground: '#3b3b3b', focusBorder: '#005fb8', 'panel-border': '#e5e5e5', 'widget-border': '#e5e5e5', 'editorWidget-background': '#f8f8f8', 'editorIndentGuide-background1': '#d3d3d3',
  'charts-blue': '#1a85ff', 'charts-purple': '#652d90', 'charts-orange': '#d18616', 'charts-yellow': '#bf8803', 'charts-red': '#e51400', 'charts-green': '#388a34', 'testing-iconPassed': '#73c991', 'testing-iconFailed': '#e51400', 'editorWarning-foreground': '#bf8803', errorForeground: '#e51400', 'textLink-foreground': '#005fb8',
  'button-background': '#005fb8', 'button-hoverBackground': '#0258a8', 'button-secondaryBackground': '#e5e5e5', 'button-secondaryForeground': '#3b3b3b', 'button-secondaryHoverBackground': '#cccccc', 'dropdown-background': '#ffffff', 'dropdown-foreground': '#3b3b3b', 'dropdown-border': '#cecece', 'settings-dropdownListBorder': '#e5e5e5',
  'list-activeSelectionBackground': '#e8e8e8', 'list-activeSelectionForeground': '#000000', 'editorHoverWidget-background': '#f8f8f8', 'editorHoverWidget-foreground': '#3b3b3b', 'editorHoverWidget-border': '#cecece',
};

const HIGH_CONTRAST: Variables = {
  ...FONT, 'editor-background': '#000000', 'panel-background': '#000000', foreground: '#ffffff', 'editor-foreground': '#ffffff', descriptionForeground: 'rgba(255, 255, 255, 0.7)', focusBorder: '#f38518', contrastBorder: '#6fc3df', contrastActiveBorder: '#f38518', 'editorWidget-background': '#0c141f', 'panel-border': '#6fc3df',
  'charts-blue': '#59a4f9', 'charts-purple': '#b180d7', 'charts-orange': '#d18616', 'charts-yellow': '#ffd370', 'charts-red': '#f48771', 'testing-iconPassed': '#73c991', 'testing-iconFailed': '#f14c4c', 'testing-iconSkipped': '#848484', 'editorWarning-foreground': '#ffd370', errorForeground: '#f48771', 'textLink-foreground': '#21a6ff',
  'button-foreground': '#ffffff', 'button-border': '#6fc3df', 'dropdown-background': '#000000', 'dropdown-listBackground': '#000000', 'dropdown-foreground': '#ffffff', 'dropdown-border': '#6fc3df', 'editorHoverWidget-background': '#0c141f', 'editorHoverWidget-foreground': '#ffffff', 'editorHoverWidget-border': '#6fc3df',
};

const HIGH_CONTRAST_LIGHT: Variables = { ...HIGH_CONTRAST, 'editor-background': '#ffffff', 'panel-background': '#ffffff', foreground: '#292929', 'editor-foreground': '#292929', descriptionForeground: '#292929', contrastBorder: '#0f4a85', 'charts-blue': '#0f4a85', 'charts-yellow': '#895503', 'editorWidget-background': '#ffffff' };

export const THEMES: Readonly<Record<ThemeName, { readonly classes: string; readonly kind: string; readonly variables: Variables }>> = {
  dark: { classes: 'vscode-dark', kind: 'vscode-dark', variables: DARK },
  light: { classes: 'vscode-light', kind: 'vscode-light', variables: LIGHT },
  'high-contrast': { classes: 'vscode-high-contrast', kind: 'vscode-high-contrast', variables: HIGH_CONTRAST },
  'high-contrast-light': { classes: 'vscode-high-contrast-light vscode-high-contrast', kind: 'vscode-high-contrast-light', variables: HIGH_CONTRAST_LIGHT },
};
