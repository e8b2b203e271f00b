// Stands in for VS Code's native log writer, which needs a compiler to install. Without it log files stay
// empty, and with them every log channel in the Output view.
import { appendFileSync, mkdirSync } from 'node:fs';
import { dirname } from 'node:path';

const names = ['trace', 'debug', 'info', 'warn', 'error', 'critical'];
const labels = ['trace', 'debug', 'info', 'warning', 'error', 'critical'];
let initialLevel = 2;

export class Logger {
  #file;
  #level = initialLevel;
  #plain = false;

  constructor(_type, _name, file) {
    this.#file = file;
    mkdirSync(dirname(file), { recursive: true });
    names.forEach((name, level) => {
      this[name] = (message) => this.#write(level, message);
    });
  }

  #write(level, message) {
    if (level < this.#level) return;
    const time = new Date().toISOString().replace('T', ' ').replace('Z', '');
    appendFileSync(this.#file, this.#plain ? message : `${time} [${labels[level]}] ${message}\n`);
  }

  getLevel() {
    return this.#level;
  }

  setLevel(level) {
    this.#level = level;
  }

  clearFormatters() {
    this.#plain = true;
  }

  setPattern() {
    // There is one pattern.
  }

  flush() {
    // Nothing is held back.
  }

  drop() {
    // No file is held open.
  }
}

export const version = 1;

export function setLevel(level) {
  initialLevel = level;
}

export function setFlushOn() {
  // Every line is written at once.
}

export function createRotatingLogger(name, file) {
  return Promise.resolve(new Logger('rotating', name, file));
}

export const createAsyncRotatingLogger = createRotatingLogger;
