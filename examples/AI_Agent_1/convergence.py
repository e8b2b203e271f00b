"""Compare two N-body runs: halving the step of a second-order scheme must quarter its energy drift."""
import argparse
import json
import math
import os
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent


def output_folder():
    folder = Path(os.environ.get("PARALLEL_WORKFLOW_OUTPUT") or HERE / "out")
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("runs", type=Path, nargs="*", metavar="DRIFT.json",
                        default=[HERE / "out" / "drift-coarse.json", HERE / "out" / "drift-fine.json"])
    options = parser.parse_args()
    runs = []
    for path in options.runs:
        try:
            run = json.loads(path.read_text(encoding="utf-8"))
            runs.append((float(run["step"]), float(run["energyDrift"]), float(run["time"])))
        except (OSError, ValueError, KeyError, TypeError) as error:
            parser.error(f"cannot use {path}: {error!r}. Write it first: nbody.py --step 0.005 --handoff {path}")
    runs.sort(reverse=True)
    if len(runs) < 2 or len({step for step, _, _ in runs}) < len(runs) or len({time for _, _, time in runs}) > 1:
        parser.error("it takes two or more runs over the same time with different steps, "
                     "for example --step 0.005 and --step 0.0025")

    orders = []
    for (coarse, worse, _), (fine, better, _) in zip(runs, runs[1:]):
        order = math.log(worse / better) / math.log(coarse / fine)
        orders.append(round(order, 4))
        print(f"step {coarse} -> {fine}: drift {worse:.3e} -> {better:.3e}, order {order:.3f}", flush=True)
    report = {"steps": [step for step, _, _ in runs], "orders": orders, "expected": 2}
    (output_folder() / "convergence.json").write_text(json.dumps(report, indent=2) + "\n", encoding="utf-8")
    if any(abs(order - 2) > 0.1 for order in orders):
        sys.exit(f"Leapfrog must converge with order 2, got {orders}. Smaller steps, or an error in nbody.py?")
    print("second order confirmed")


if __name__ == "__main__":
    main()
