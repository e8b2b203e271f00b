"""Statistics over a CSV of orders: groups, outliers, a regression and bootstrap intervals for it.

The file was made with known coefficients and planted outliers (orders.expected.json): a run fails when
it does not find them again.
"""
import argparse
import json
import os
import random
import sys
from collections import defaultdict
from pathlib import Path
from statistics import mean, median, stdev

from orders import read_orders
from regression import fit, residuals

HERE = Path(__file__).resolve().parent


def output_folder():
    folder = Path(os.environ.get("PARALLEL_WORKFLOW_OUTPUT") or HERE / "out")
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def group(orders, key):
    groups = defaultdict(list)
    for order in orders:
        groups[getattr(order, key)].append(order.price)
    return {name: {"orders": len(prices), "total": round(sum(prices), 2), "mean": round(mean(prices), 4),
                   "median": round(median(prices), 4), "deviation": round(stdev(prices), 4) if prices[1:] else 0}
            for name, prices in sorted(groups.items())}


def outliers(orders, points, prices):
    """Orders further than 8 median absolute deviations from the fitted plane; robust against themselves."""
    errors = residuals(points, prices, fit(points, prices))
    centre = median(errors)
    spread = median(abs(error - centre) for error in errors)
    return {order.order for order, error in zip(orders, errors) if abs(error - centre) > 8 * spread}


def bootstrap(points, prices, rounds, seed):
    """For each coefficient, the interval that holds 99 % of fits to resampled data."""
    choose, count, fits = random.Random(seed).random, len(points), []
    for done in range(1, rounds + 1):
        picks = [int(choose() * count) for _ in range(count)]
        fits.append(fit([points[i] for i in picks], [prices[i] for i in picks]))
        if done % max(1, rounds // 8) == 0:
            print(f"bootstrap {done}/{rounds}", flush=True)
    cut = int(rounds * 0.005)
    return [(values[cut], values[-1 - cut]) for values in (sorted(column) for column in zip(*fits))]


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--orders", type=Path, default=HERE / "data" / "orders.csv")
    parser.add_argument("--expected", type=Path, default=HERE / "data" / "orders.expected.json")
    parser.add_argument("--rounds", type=int, default=600, help="bootstrap rounds")
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--handoff", type=Path, default=HERE / "out" / "orders-statistics.json",
                        help="where orders_report.py looks for the result")
    options = parser.parse_args()
    if options.rounds < 50:
        parser.error("--rounds must be at least 50 for a 99 % interval to mean something")
    try:
        orders = read_orders(options.orders)
        expected = json.loads(options.expected.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        parser.error(f"{error}. Use --orders and --expected to name other files")
    print(f"{len(orders)} orders read from {options.orders.name}", flush=True)

    by_region, by_channel = group(orders, "region"), group(orders, "channel")
    points = [(order.weight_kg, order.distance_km) for order in orders]
    prices = [order.price for order in orders]
    try:
        odd = outliers(orders, points, prices)
        kept = [i for i, order in enumerate(orders) if order.order not in odd]
        points, prices = [points[i] for i in kept], [prices[i] for i in kept]
        coefficients = fit(points, prices)
        intervals = bootstrap(points, prices, options.rounds, options.seed)
    except ValueError as error:
        parser.error(f"{options.orders}: {error}")

    report = {"rows": len(orders), "total": round(sum(order.price for order in orders), 2), "regions": by_region,
              "channels": by_channel, "outliers": sorted(odd), "regression": {
                  name: {"value": round(value, 5), "low": round(low, 5), "high": round(high, 5)} for name, value,
                  (low, high) in zip(("base", "perKilogram", "perKilometre"), coefficients, intervals)}}
    text = json.dumps(report, indent=2) + "\n"
    for target in (output_folder() / "orders-statistics.json", options.handoff):
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text, encoding="utf-8")
    for name, part in report["regression"].items():
        print(f"{name:13s} {part['value']:8.4f}  99 % between {part['low']:.4f} and {part['high']:.4f}")
    print(f"outliers: {', '.join(report['outliers']) or 'none'}")

    wrong = [f"{name} {expected[name]} is outside its interval" for name in ("perKilogram", "perKilometre")
             if not report["regression"][name]["low"] <= expected[name] <= report["regression"][name]["high"]]
    wrong += [f"{name}: expected {expected[name]}, got {report[name]}" for name in ("rows", "outliers")
              if report[name] != expected[name]]
    wrong += [f"the groups do not add up to {report['total']}" for groups in (by_region, by_channel)
              if abs(sum(part["total"] for part in groups.values()) - report["total"]) > 0.05]
    if wrong:
        sys.exit(f"{options.orders} does not give what {options.expected} says: " + "; ".join(wrong))


if __name__ == "__main__":
    main()
