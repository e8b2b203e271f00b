import { appendFileSync, existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const SOURCE = `import os, pathlib, sys, time

me = pathlib.Path(__file__)
with open(me.with_suffix('.starts'), 'a') as starts:
    print(os.getpid(), file=starts)
print('warming up', flush=True)
while not me.with_suffix('.order').exists():
    if not me.exists():
        sys.exit('the test is over')
    time.sleep(0.05)
print(me.name, 'is done', flush=True)
sys.exit(int(me.with_suffix('.order').read_text()))
`;

/** A Python script that runs until it is told to end. */
export class ControlledScript {
  readonly name: string;
  readonly path: string;

  constructor(folder: string, name: string) {
    this.name = name;
    this.path = join(folder, name);
    writeFileSync(this.path, SOURCE);
    appendFileSync(this.beside('.starts'), '');
  }

  /** Process ids of all its runs so far. */
  get starts(): readonly number[] {
    return readFileSync(this.beside('.starts'), 'utf8').split('\n').filter(Boolean).map(Number);
  }

  /** Lets it end with an exit code. */
  end(code: number): void {
    if (existsSync(this.beside('.order'))) return;
    // Whole at once: the script reads it as soon as it is there.
    writeFileSync(this.beside('.order.part'), String(code));
    renameSync(this.beside('.order.part'), this.beside('.order'));
  }

  private beside(suffix: string): string {
    return this.path.replace(/\.py$/, suffix);
  }
}
