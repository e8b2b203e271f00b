/** Theme colours by their VS Code ids; never colours of our own, so that every theme stays readable. */
export type IconColor =
  | 'testing.iconPassed'
  | 'testing.iconFailed'
  | 'testing.iconSkipped'
  | 'testing.iconQueued'
  | 'charts.blue'
  | 'list.warningForeground'
  | 'disabledForeground';
