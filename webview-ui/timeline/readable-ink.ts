type Rgb = readonly [red: number, green: number, blue: number];

/** Of some inks the one that is read best on a ground; what lies beneath shines through where the ground is no solid colour. */
export function readableInk(inks: readonly string[], ground: string, beneath: string): string {
  const canvas = document.createElement('canvas');
  canvas.width = canvas.height = 1;
  const context = canvas.getContext('2d', { willReadFrequently: true })!;
  const seen = (...layers: readonly string[]): number => {
    for (const layer of layers) {
      context.fillStyle = layer;
      context.fillRect(0, 0, 1, 1);
    }
    const [red = 0, green = 0, blue = 0] = context.getImageData(0, 0, 1, 1).data;
    return luminance([red, green, blue]);
  };
  const behind = seen(beneath, ground);
  const contrastOf = (ink: string): number => contrast(seen(beneath, ink), behind);
  return inks.reduce((best, ink) => (contrastOf(ink) > contrastOf(best) ? ink : best));
}

/** How well one is read on the other, 1 to 21; WCAG 2. */
function contrast(a: number, b: number): number {
  return (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
}

function luminance(color: Rgb): number {
  const [red, green, blue] = color.map((part) => (part <= 10 ? part / 255 / 12.92 : ((part / 255 + 0.055) / 1.055) ** 2.4)) as [number, number, number];
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}
