// Where the system's locale is POSIX, browsers name a language that is none (`en-US@posix`), and the plotting library,
// which makes a number format of it when it is loaded, would take the whole page with it. So this is imported before it.
try {
  new Intl.NumberFormat(navigator.language);
} catch {
  Object.defineProperty(navigator, 'language', { value: 'en-US' });
}
