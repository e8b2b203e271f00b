/** Lets a loop sleep until something happened since it last looked. */
export class WakeUp {
  private isRoused = false;
  private resolve: () => void = () => undefined;

  rouse(): void {
    this.isRoused = true;
    this.resolve();
  }

  /** Resolves at the next call of `rouse`, at once if there was one since the last. */
  async next(): Promise<void> {
    if (!this.isRoused) await new Promise<void>((resolve) => (this.resolve = resolve));
    this.isRoused = false;
  }
}
