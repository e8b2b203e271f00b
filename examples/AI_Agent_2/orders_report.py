"""Write an HTML report from the statistics of orders_statistics.py, and test whether regions really differ."""
import argparse
import html
import json
import os
import random
import sys
from pathlib import Path
from xml.etree import ElementTree

from orders import read_orders

HERE = Path(__file__).resolve().parent


def output_folder():
    folder = Path(os.environ.get("PARALLEL_WORKFLOW_OUTPUT") or HERE / "out")
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def chance_of_difference(first, second, rounds, seed):
    """Permutation test: how often shuffled groups differ in their mean as much as these do."""
    shuffle, pooled, size = random.Random(seed).shuffle, first + second, len(first)
    total = sum(pooled)

    def gap(chosen):
        return abs(chosen / size - (total - chosen) / len(second))

    observed, as_large = gap(sum(first)), 0
    for done in range(1, rounds + 1):
        shuffle(pooled)
        as_large += gap(sum(pooled[:size])) >= observed - 1e-12
        if done % max(1, rounds // 8) == 0:
            print(f"shuffle {done}/{rounds}: {as_large} as large", flush=True)
    return (as_large + 1) / (rounds + 1)


def bars(means):
    widest = max(means.values())
    for place, (name, mean) in enumerate(means.items()):
        y, width = 30 * place, round(300 * mean / widest, 1)
        yield (f'<rect x="80" y="{y}" width="{width}" height="22" fill="#3b82c4"/>'
               f'<text x="0" y="{y + 16}">{html.escape(name)}</text>'
               f'<text x="{90 + width}" y="{y + 16}">{mean:.2f}</text>')


def page(statistics, means, chance):
    low, high = min(means, key=means.get), max(means, key=means.get)
    rows = "".join(f"<tr><td>{html.escape(name)}</td><td>{part['value']}</td><td>{part['low']}</td>"
                   f"<td>{part['high']}</td></tr>" for name, part in statistics["regression"].items())
    verdict = "could be chance" if chance > 0.05 else "is more than chance"
    return f"""<!DOCTYPE html>
<html lang="en"><head><meta charset="utf-8"/><title>Orders</title></head>
<body style="font-family: sans-serif">
<h1>{statistics['rows']} orders, {statistics['total']:.2f} in total</h1>
<h2>Mean price by region, without outliers</h2>
<svg width="460" height="{30 * len(means)}" role="img" aria-label="Mean price by region">{''.join(bars(means))}</svg>
<p>The difference between {html.escape(high)} and {html.escape(low)} {verdict} (p = {chance:.4f}).</p>
<h2>What makes the price</h2>
<table><tr><th>part</th><th>value</th><th>low</th><th>high</th></tr>{rows}</table>
<p>Left out as outliers: {', '.join(map(html.escape, statistics['outliers'])) or 'none'}.</p>
</body></html>
"""


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--statistics", type=Path, default=HERE / "out" / "orders-statistics.json")
    parser.add_argument("--orders", type=Path, default=HERE / "data" / "orders.csv")
    parser.add_argument("--rounds", type=int, default=4000)
    parser.add_argument("--seed", type=int, default=5)
    options = parser.parse_args()
    if options.rounds < 1:
        parser.error("--rounds must be at least 1")
    try:
        statistics = json.loads(options.statistics.read_text(encoding="utf-8"))
        regions, odd = statistics["regions"], set(statistics["outliers"])
        orders = read_orders(options.orders)
    except (OSError, ValueError, KeyError, TypeError) as error:
        parser.error(f"cannot use {options.statistics} and {options.orders}: {error}. "
                     "Run orders_statistics.py first, it writes the statistics")
    if statistics["rows"] != len(orders):
        parser.error(f"{options.statistics} is about {statistics['rows']} orders, {options.orders} has {len(orders)}. "
                     "Run orders_statistics.py again")

    prices = {name: [order.price for order in orders if order.region == name and order.order not in odd]
              for name in regions}
    means = {name: sum(values) / len(values) for name, values in prices.items() if values}
    if len(means) < 2:
        parser.error(f"{options.orders} has {len(means)} regions, a comparison takes two")
    low, high = min(means, key=means.get), max(means, key=means.get)
    chance = chance_of_difference(prices[low], prices[high], options.rounds, options.seed)
    target = output_folder() / "orders-report.html"
    target.write_text(page(statistics, means, chance), encoding="utf-8")

    drawn = ElementTree.parse(target).getroot().findall(".//rect")
    if len(drawn) != len(means):
        sys.exit(f"{target} shows {len(drawn)} bars for {len(means)} regions: is a region's name damaged?")
    print(f"{high} against {low}: p = {chance:.4f}; report in {target.name}")


if __name__ == "__main__":
    main()
