"""Draw the Mandelbrot set as PNG and estimate its area, which is known to be about 1.5066."""
import argparse
import math
import os
import sys
from pathlib import Path

from png import read_png, write_png

HERE = Path(__file__).resolve().parent
KNOWN_AREA = 1.50659


def output_folder():
    folder = Path(os.environ.get("PARALLEL_WORKFLOW_OUTPUT") or HERE / "out")
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def escape(re, im, limit):
    """Steps until the orbit leaves radius 4, smoothed; None when it stays."""
    quarter = (re - 0.25) ** 2 + im * im
    if quarter * (quarter + re - 0.25) <= im * im / 4 or (re + 1) ** 2 + im * im <= 1 / 16:
        return None  # inside the main cardioid or the disc left of it
    z = c = complex(re, im)
    for step in range(limit):
        size = z.real * z.real + z.imag * z.imag
        if size > 16:
            return step + 1 - math.log2(math.log2(size) / 2)
        z = z * z + c
    return None


def colour(steps):
    if steps is None:
        return b"\x0a\x0a\x14"
    phase = 0.35 * math.sqrt(max(steps, 0))
    return bytes(int(127.5 + 127.5 * math.sin(phase * scale + shift))
                 for scale, shift in ((2.1, -0.8), (1.8, -1.6), (1.3, 0.3)))


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--width", type=int, default=768, help="a multiple of 96; the height is 5/6 of it")
    parser.add_argument("--iterations", type=int, default=400)
    options = parser.parse_args()
    if options.width < 96 or options.width % 96 or options.iterations < 50:
        parser.error("--width must be a multiple of 96 and --iterations at least 50")

    width, height = options.width, options.width * 5 // 6
    cell = 3.0 / width
    upper, inside = [], 0
    for row in range(height // 2):  # the set is symmetric: half of it is enough
        im = (height / 2 - row - 0.5) * cell
        line = [escape(-2.2 + (column + 0.5) * cell, im, options.iterations) for column in range(width)]
        inside += 2 * line.count(None)
        upper.append(b"".join(map(colour, line)))
        if (row + 1) % (height // 20) == 0:
            print(f"row {row + 1}/{height // 2}", flush=True)
    pixels = b"".join(upper) + b"".join(reversed(upper))
    target = output_folder() / "mandelbrot.png"
    write_png(target, width, height, pixels)

    area = inside * cell * cell
    print(f"area {area:.4f}, known {KNOWN_AREA:.4f}; {target.name} has {target.stat().st_size} bytes")
    if read_png(target) != (width, height, pixels):
        sys.exit(f"{target} reads back differently from what was drawn. Is the disk full?")
    if abs(area - KNOWN_AREA) > 0.05:
        sys.exit(f"The area is off by {area - KNOWN_AREA:+.3f}: raise --iterations or --width.")


if __name__ == "__main__":
    main()
