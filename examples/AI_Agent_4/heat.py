"""Let heat spread over a square plate (explicit scheme) and compare with the exact solution.

The scheme is only stable up to a ratio a * dt / dx^2 of 0.25; a larger one is refused before any work.
"""
import argparse
import json
import math
import os
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
MODES = ((1, 1, 1.0), (2, 1, 0.5), (3, 3, 0.25))  # waves along x and y, amplitude


def output_folder():
    folder = Path(os.environ.get("PARALLEL_WORKFLOW_OUTPUT") or HERE / "out")
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def exact(cells, time):
    """Each mode keeps its shape and fades with exp(-(m^2 + n^2) pi^2 t); the border stays at 0."""
    waves = [[math.sin(math.pi * n * i / cells) for i in range(cells + 1)] for n in range(4)]
    fading = [(m, n, size * math.exp(-(m * m + n * n) * math.pi ** 2 * time)) for m, n, size in MODES]
    return [[sum(size * waves[m][x] * waves[n][y] for m, n, size in fading) for x in range(cells + 1)]
            for y in range(cells + 1)]


def advance(plate, ratio):
    stay = 1 - 4 * ratio
    inner = [[0.0] + [stay * here + ratio * (left + right + up + down) for left, here, right, up, down
                      in zip(row, row[1:], row[2:], above[1:], below[1:])] + [0.0]
             for above, row, below in zip(plate, plate[1:], plate[2:])]
    return [plate[0]] + inner + [plate[-1]]


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--cells", type=int, default=60, help="cells along a side")
    parser.add_argument("--ratio", type=float, default=0.2, help="a * dt / dx^2, stable up to 0.25")
    parser.add_argument("--time", type=float, default=0.1)
    options = parser.parse_args()
    if options.cells < 8 or not options.time > 0:
        parser.error("--cells must be at least 8 and --time above 0")
    if not 0 < options.ratio <= 0.25:
        parser.error(f"--ratio {options.ratio} is unstable, errors would grow without bound: use 0.25 or less")

    step = options.ratio / options.cells ** 2
    steps = max(1, round(options.time / step))
    plate = exact(options.cells, 0)
    peaks = [max(map(max, plate))]
    for done in range(1, steps + 1):
        plate = advance(plate, options.ratio)
        if done % max(1, steps // 10) == 0:
            peaks.append(max(map(max, plate)))
            print(f"t = {done * step:.4f}  hottest point {peaks[-1]:.5f}", flush=True)

    truth = exact(options.cells, steps * step)
    error = max(abs(a - b) for row, other in zip(plate, truth) for a, b in zip(row, other)) / max(map(max, truth))
    report = {"cells": options.cells, "steps": steps, "hottest": round(max(map(max, plate)), 9),
              "relativeError": float(f"{error:.4e}")}
    (output_folder() / "heat.json").write_text(json.dumps(report, indent=2) + "\n", encoding="utf-8")
    print(f"{steps} steps, largest error {error:.2e} of the hottest point")
    if peaks != sorted(peaks, reverse=True):
        sys.exit("The plate got hotter with nothing heating it: the scheme is unstable, lower --ratio")
    if not error < 20 / options.cells ** 2:
        sys.exit(f"The error {error:.2e} is more than this grid allows: raise --cells or lower --ratio")


if __name__ == "__main__":
    main()
