"""Blur a picture, find its edges, and write both as PNG.

Checked against what must hold: a blur keeps the mean brightness, a wider one leaves weaker edges, and a
flat picture has none.
"""
import argparse
import json
import math
import os
import sys
from pathlib import Path

from png import read_png, write_png
from ppm import read_ppm

HERE = Path(__file__).resolve().parent


def output_folder():
    folder = Path(os.environ.get("PARALLEL_WORKFLOW_OUTPUT") or HERE / "out")
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def gaussian(sigma):
    reach = max(1, math.ceil(3 * sigma))
    weights = [math.exp(-0.5 * (offset / sigma) ** 2) for offset in range(-reach, reach + 1)]
    return [weight / sum(weights) for weight in weights]


def blur_line(line, weights):
    """One row or column; beyond its ends it is mirrored, which keeps the mean."""
    reach, size = len(weights) // 2, len(line)
    cycle = line + line[::-1]
    padded = [cycle[index % (2 * size)] for index in range(-reach, size + reach)]
    return [sum(map(float.__mul__, weights, padded[start:start + len(weights)])) for start in range(size)]


def transpose(plane):
    return [list(column) for column in zip(*plane)]


def blur(plane, sigma):
    weights = gaussian(sigma)
    rows = [blur_line(row, weights) for row in plane]
    return transpose([blur_line(column, weights) for column in transpose(rows)])


def sobel(plane):
    """Strength of the edge at each pixel; 0 along the border."""
    edges = [[0.0] * len(plane[0]) for _ in plane]
    for y in range(1, len(plane) - 1):
        above, here, below = plane[y - 1:y + 2]
        for x in range(1, len(here) - 1):
            across = above[x + 1] + 2 * here[x + 1] + below[x + 1] - above[x - 1] - 2 * here[x - 1] - below[x - 1]
            down = below[x - 1] + 2 * below[x] + below[x + 1] - above[x - 1] - 2 * above[x] - above[x + 1]
            edges[y][x] = math.hypot(across, down)
    return edges


def mean(plane):
    return math.fsum(map(math.fsum, plane)) / (len(plane) * len(plane[0]))


def interleave(red, green, blue):
    return bytes(max(0, min(255, round(value)))
                 for rows in zip(red, green, blue) for pixel in zip(*rows) for value in pixel)


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--picture", type=Path, default=HERE / "data" / "bay.ppm")
    parser.add_argument("--sigma", type=float, default=4.0, help="radius of the widest blur, in pixels")
    options = parser.parse_args()
    try:
        width, height, pixels = read_ppm(options.picture)
    except (OSError, ValueError) as error:
        parser.error(f"{error}. Use --picture to name another file")
    if not 0.3 <= options.sigma <= min(width, height) / 6:
        parser.error(f"--sigma must lie between 0.3 and {min(width, height) / 6:.1f} for this picture")

    planes = [[[float(value) for value in pixels[3 * y * width + channel:3 * (y + 1) * width:3]]
               for y in range(height)] for channel in range(3)]
    wrong, report, folder = [], {"width": width, "height": height}, output_folder()
    for sigma in (options.sigma / 4, options.sigma / 2, options.sigma):
        blurred = [blur(plane, sigma) for plane in planes]
        shift = max(abs(mean(after) - mean(before)) for before, after in zip(planes, blurred))
        write_png(folder / f"blur-{sigma:g}.png", width, height, interleave(*blurred))
        grey = [[0.299 * r + 0.587 * g + 0.114 * b for r, g, b in zip(*rows)] for rows in zip(*blurred)]
        edges = sobel(grey)
        picture = interleave(edges, edges, edges)
        write_png(folder / f"edges-{sigma:g}.png", width, height, picture)
        report[f"sigma {sigma:g}"] = {"meanEdge": round(mean(edges), 4)}
        print(f"sigma {sigma:g}: mean brightness moved by {shift:.1e}, mean edge {mean(edges):.2f}", flush=True)
        if not shift < 1e-9 * 255:
            wrong.append(f"the blur with sigma {sigma:g} changed the brightness by {shift:.2g}")
        if read_png(folder / f"edges-{sigma:g}.png") != (width, height, picture):
            wrong.append(f"edges-{sigma:g}.png reads back differently")
    (folder / "image-filters.json").write_text(json.dumps(report, indent=2) + "\n", encoding="utf-8")
    strengths = [part["meanEdge"] for name, part in report.items() if name.startswith("sigma")]
    if strengths != sorted(strengths, reverse=True):
        wrong.append(f"a wider blur must leave weaker edges, got {strengths}")
    if mean(sobel([[80.0] * 9] * 9)) != 0:
        wrong.append("a flat picture has edges")
    if wrong:
        sys.exit(f"{options.picture}: " + "; ".join(wrong))


if __name__ == "__main__":
    main()
