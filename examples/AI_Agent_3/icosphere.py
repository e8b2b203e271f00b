"""Subdivide an icosahedron towards a sphere, write it as OBJ, and compare area and volume with the sphere's."""
import argparse
import json
import math
import os
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
GOLDEN = (1 + math.sqrt(5)) / 2
FACES = ((0, 11, 5), (0, 5, 1), (0, 1, 7), (0, 7, 10), (0, 10, 11), (1, 5, 9), (5, 11, 4), (11, 10, 2), (10, 7, 6),
         (7, 1, 8), (3, 9, 4), (3, 4, 2), (3, 2, 6), (3, 6, 8), (3, 8, 9), (4, 9, 5), (2, 4, 11), (6, 2, 10),
         (8, 6, 7), (9, 8, 1))


def output_folder():
    folder = Path(os.environ.get("PARALLEL_WORKFLOW_OUTPUT") or HERE / "out")
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def on_sphere(x, y, z):
    length = math.sqrt(x * x + y * y + z * z)
    return x / length, y / length, z / length


def icosahedron():
    corners = [(-1, GOLDEN, 0), (1, GOLDEN, 0), (-1, -GOLDEN, 0), (1, -GOLDEN, 0)]
    corners += [(z, x, y) for x, y, z in corners] + [(y, z, x) for x, y, z in corners]
    return [on_sphere(*corner) for corner in corners], list(FACES)


def subdivide(points, faces):
    """Each triangle becomes four; a midpoint that two triangles share is made once."""
    middles, finer = {}, []

    def middle(a, b):
        key = (a, b) if a < b else (b, a)
        if key not in middles:
            middles[key] = len(points)
            points.append(on_sphere(*(p + q for p, q in zip(points[a], points[b]))))
        return middles[key]

    for a, b, c in faces:
        ab, bc, ca = middle(a, b), middle(b, c), middle(c, a)
        finer += [(a, ab, ca), (b, bc, ab), (c, ca, bc), (ab, bc, ca)]
    return points, finer


def measure(points, faces):
    """Area and enclosed volume, by cross products and signed tetrahedra."""
    area = volume = 0.0
    for a, b, c in faces:
        (ax, ay, az), (bx, by, bz), (cx, cy, cz) = points[a], points[b], points[c]
        ux, uy, uz, vx, vy, vz = bx - ax, by - ay, bz - az, cx - ax, cy - ay, cz - az
        nx, ny, nz = uy * vz - uz * vy, uz * vx - ux * vz, ux * vy - uy * vx
        area += math.sqrt(nx * nx + ny * ny + nz * nz) / 2
        volume += (ax * nx + ay * ny + az * nz) / 6
    return area, volume


def write_obj(path, points, faces):
    with open(path, "w", encoding="utf-8", newline="\n") as file:
        file.writelines(f"v {x:.6f} {y:.6f} {z:.6f}\n" for x, y, z in points)
        file.writelines(f"f {a + 1} {b + 1} {c + 1}\n" for a, b, c in faces)


def read_obj(path):
    points, faces = [], []
    with open(path, encoding="utf-8") as file:
        for line in file:
            kind, *values = line.split()
            if kind == "v":
                points.append(tuple(map(float, values)))
            elif kind == "f":
                faces.append(tuple(int(value) - 1 for value in values))
    return points, faces


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--levels", type=int, default=6, help="how often to subdivide; 20 * 4^levels triangles")
    options = parser.parse_args()
    if not 2 <= options.levels <= 8:
        parser.error("--levels must lie between 2 and 8: fewer show no convergence, more fill the memory")

    points, faces = icosahedron()
    errors = []
    for level in range(options.levels + 1):
        if level:
            points, faces = subdivide(points, faces)
        area, volume = measure(points, faces)
        errors.append((abs(area / (4 * math.pi) - 1), abs(volume / (4 * math.pi / 3) - 1)))
        print(f"level {level}: {len(faces):6d} triangles  area {area:.6f}  volume {volume:.6f}  "
              f"volume error {errors[-1][1]:.2e}", flush=True)
    target = output_folder() / "icosphere.obj"
    write_obj(target, points, faces)
    again = read_obj(target)

    wrong = []
    edges = {tuple(sorted(pair)) for a, b, c in faces for pair in ((a, b), (b, c), (c, a))}
    if len(points) - len(edges) + len(faces) != 2:
        wrong.append(f"Euler's formula gives {len(points) - len(edges) + len(faces)} instead of 2, the mesh has holes")
    if again[1] != faces or abs(measure(*again)[1] - volume) > 1e-4:
        wrong.append(f"{target} reads back differently")
    for what, coarse, fine in (("area", errors[-2][0], errors[-1][0]), ("volume", errors[-2][1], errors[-1][1])):
        if not 3.8 < coarse / fine < 4.2:
            wrong.append(f"the error of the {what} shrank {coarse / fine:.2f} times in the last level instead of 4")
    report = {"triangles": len(faces), "area": round(area, 8), "volume": round(volume, 8)}
    (target.parent / "icosphere.json").write_text(json.dumps(report, indent=2) + "\n", encoding="utf-8")
    if wrong:
        sys.exit("The mesh is not a sphere: " + "; ".join(wrong))


if __name__ == "__main__":
    main()
