"""Integrate a small planetary system with the leapfrog scheme and report how well it keeps its energy.

Leapfrog is symplectic: its energy error stays bounded and shrinks with the square of the step. A run
fails when the energy or the momentum drifts further than that allows.
"""
import argparse
import csv
import json
import math
import os
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
SAMPLE_EVERY = 0.1  # time units, the same for every step size so that runs can be compared


def output_folder():
    folder = Path(os.environ.get("PARALLEL_WORKFLOW_OUTPUT") or HERE / "out")
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def load(path):
    bodies = json.loads(path.read_text(encoding="utf-8"))["bodies"]
    vectors = {key: [[float(part) for part in body[key]] for body in bodies] for key in ("position", "velocity")}
    names, masses = [body["name"] for body in bodies], [float(body["mass"]) for body in bodies]
    return names, masses, vectors["position"], vectors["velocity"]


def accelerations(masses, positions):
    result = [[0.0, 0.0, 0.0] for _ in masses]
    for i, (xi, yi, zi) in enumerate(positions):
        for j in range(i):
            xj, yj, zj = positions[j]
            dx, dy, dz = xj - xi, yj - yi, zj - zi
            squared = dx * dx + dy * dy + dz * dz
            inverse_cube = 1.0 / (squared * math.sqrt(squared))
            to_i, to_j = masses[j] * inverse_cube, masses[i] * inverse_cube
            mine, other = result[i], result[j]
            mine[0] += dx * to_i
            mine[1] += dy * to_i
            mine[2] += dz * to_i
            other[0] -= dx * to_j
            other[1] -= dy * to_j
            other[2] -= dz * to_j
    return result


def energy(masses, positions, velocities):
    total = sum(0.5 * m * sum(v * v for v in velocity) for m, velocity in zip(masses, velocities))
    for i, a in enumerate(positions):
        for j in range(i):
            total -= masses[i] * masses[j] / math.sqrt(sum((p - q) ** 2 for p, q in zip(a, positions[j])))
    return total


def momentum(masses, velocities):
    parts = (sum(m * v[axis] for m, v in zip(masses, velocities)) for axis in range(3))
    return math.sqrt(sum(part * part for part in parts))


def advance(positions, velocities, forces, masses, step):
    half = step / 2
    for position, velocity, force in zip(positions, velocities, forces):
        for axis in range(3):
            velocity[axis] += half * force[axis]
            position[axis] += step * velocity[axis]
    forces = accelerations(masses, positions)
    for velocity, force in zip(velocities, forces):
        for axis in range(3):
            velocity[axis] += half * force[axis]
    return forces


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--system", type=Path, default=HERE / "data" / "system.json")
    parser.add_argument("--step", type=float, default=0.005, help="time step; 0.1 must be a multiple of it")
    parser.add_argument("--time", type=float, default=280.0, help="how long to integrate, in time units")
    parser.add_argument("--handoff", type=Path, help="also write the drift here, for a task that compares runs")
    options = parser.parse_args()
    per_sample = round(SAMPLE_EVERY / options.step) if options.step > 0 else 0
    if per_sample < 1 or abs(per_sample * options.step - SAMPLE_EVERY) > 1e-9 or options.time < SAMPLE_EVERY:
        parser.error("--step must divide 0.1 and --time be at least 0.1, for example --step 0.005 --time 280")
    try:
        names, masses, positions, velocities = load(options.system)
        start_energy = energy(masses, positions, velocities)
        forces = accelerations(masses, positions)
    except (OSError, ValueError, KeyError, TypeError, ZeroDivisionError) as error:
        parser.error(f"cannot use {options.system}: {error!r}. It needs a list `bodies`, each with name, mass, "
                     "position and velocity and no two in one place; see data/system.json")
    if len(masses) < 2:
        parser.error(f"{options.system} has fewer than two bodies, nothing would move; see data/system.json")

    samples = round(options.time / SAMPLE_EVERY)
    drift, rows = 0.0, []
    for sample in range(1, samples + 1):
        for _ in range(per_sample):
            forces = advance(positions, velocities, forces, masses, options.step)
        drift = max(drift, abs(energy(masses, positions, velocities) / start_energy - 1))
        rows.append([round(sample * SAMPLE_EVERY, 6)] + [round(x, 6) for p in positions for x in p[:2]])
        if sample % max(1, samples // 10) == 0:
            print(f"t = {sample * SAMPLE_EVERY:7.1f}  largest energy drift so far {drift:.2e}", flush=True)

    report = {"step": options.step, "time": options.time, "bodies": len(masses),
              "energyDrift": float(f"{drift:.6e}")}
    folder = output_folder()
    with open(folder / f"trajectory-{options.step}.csv", "w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(["time"] + [f"{name} {axis}" for name in names for axis in "xy"])
        writer.writerows(rows[::10])
    for target in filter(None, (folder / f"drift-{options.step}.json", options.handoff)):
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(json.dumps(report, indent=2) + "\n", encoding="utf-8")

    allowed = 0.1 * options.step ** 2
    impulse = momentum(masses, velocities)
    print(f"{samples * per_sample} steps, energy drift {drift:.2e}, allowed {allowed:.2e}")
    if not drift < allowed or not impulse < 1e-9:
        sys.exit(f"The system does not keep its energy (drift {drift:.2e}) or momentum ({impulse:.2e}). "
                 "Use a smaller --step.")


if __name__ == "__main__":
    main()
