"""Simulate an epidemic person by person (SIR, Gillespie) and compare it with the equation for its final size."""
import argparse
import csv
import math
import os
import random
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent


def output_folder():
    folder = Path(os.environ.get("PARALLEL_WORKFLOW_OUTPUT") or HERE / "out")
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def outbreak(people, ill, reproduction, chance):
    """One outbreak: final size and highest number of ill people. Time is in mean durations of an illness."""
    healthy, ever, peak, when = people - ill, ill, ill, 0.0
    while ill:
        infect = reproduction * healthy * ill / people
        when += -math.log(1.0 - chance()) / (infect + ill)
        if chance() * (infect + ill) < infect:
            healthy, ill, ever = healthy - 1, ill + 1, ever + 1
            peak = max(peak, ill)
        else:
            ill -= 1
    return ever, peak, when


def final_share(reproduction, ill_share):
    """The share z that solves 1 - z = (1 - ill) * exp(-R z), by bisection."""
    low, high = ill_share, 1.0
    for _ in range(60):
        middle = (low + high) / 2
        if 1 - middle - (1 - ill_share) * math.exp(-reproduction * middle) > 0:
            low = middle
        else:
            high = middle
    return (low + high) / 2


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--people", type=int, default=2000)
    parser.add_argument("--ill", type=int, default=20, help="ill at the start")
    parser.add_argument("--reproduction", type=float, default=2.2, help="people one ill person infects at first")
    parser.add_argument("--outbreaks", type=int, default=600)
    parser.add_argument("--seed", type=int, default=3)
    options = parser.parse_args()
    if not 0 < options.ill < options.people or not options.reproduction > 1 or options.outbreaks < 20:
        parser.error("--ill must lie between 0 and --people, --reproduction above 1 and --outbreaks be at least 20")

    chance, rows = random.Random(options.seed).random, []
    for number in range(1, options.outbreaks + 1):
        ever, peak, when = outbreak(options.people, options.ill, options.reproduction, chance)
        rows.append((number, ever, peak, round(when, 4)))
        if number % (options.outbreaks // 10) == 0:
            print(f"outbreak {number}: mean size {sum(row[1] for row in rows) / number:.1f} people", flush=True)
    with open(output_folder() / "outbreaks.csv", "w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(("outbreak", "ever ill", "peak", "duration"))
        writer.writerows(rows)

    share = sum(row[1] for row in rows) / len(rows) / options.people
    expected = final_share(options.reproduction, options.ill / options.people)
    print(f"{share:.4f} of all people fell ill; the equation says {expected:.4f}")
    if abs(share - expected) > 0.02:
        sys.exit(f"The simulation is {share - expected:+.4f} off: take more --people or --ill, "
                 "with few of them outbreaks die out by chance")


if __name__ == "__main__":
    main()
