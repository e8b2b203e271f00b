/** Gathers what asks for a drawing until the next frame. */
export class Redraw {
  private readonly act: (isWhole: boolean) => void;
  private isAsked = false;
  private isWhole = false;

  constructor(act: (isWhole: boolean) => void) {
    this.act = act;
  }

  request(isWhole: boolean): void {
    this.isWhole ||= isWhole;
    if (this.isAsked) return;
    this.isAsked = true;
    requestAnimationFrame(() => {
      const whole = this.isWhole;
      this.isAsked = this.isWhole = false;
      this.act(whole);
    });
  }
}
