"""Price European and Asian call options by Monte Carlo and hold the result against closed formulas.

The arithmetic Asian option has no closed formula; the geometric one has, and serves as control variate.
"""
import argparse
import json
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


def normal_cdf(x):
    return 0.5 * math.erfc(-x / math.sqrt(2))


def lognormal_call(mean_log, deviation, strike, discount):
    """Discounted E[max(X - strike, 0)] where log X is normal."""
    d = (mean_log - math.log(strike)) / deviation
    forward = math.exp(mean_log + deviation ** 2 / 2)
    return discount * (forward * normal_cdf(d + deviation) - strike * normal_cdf(d))


def sample_paths(market, draw):
    """One path and its mirror image (antithetic): for each, end price, arithmetic and geometric mean."""
    step_drift = (market.rate - market.volatility ** 2 / 2) * market.years / market.steps
    step_noise = market.volatility * math.sqrt(market.years / market.steps)
    noise = [step_noise * draw(0.0, 1.0) for _ in range(market.steps)]
    for sign in (1, -1):
        log_price, total, total_log = math.log(market.spot), 0.0, 0.0
        for shock in noise:
            log_price += step_drift + sign * shock
            total += math.exp(log_price)
            total_log += log_price
        yield math.exp(log_price), total / market.steps, math.exp(total_log / market.steps)


def mean_and_error(values):
    mean = math.fsum(values) / len(values)
    variance = math.fsum((value - mean) ** 2 for value in values) / (len(values) - 1)
    return mean, math.sqrt(variance / len(values))


def with_control(values, control, known):
    """Estimate of `values` whose noise, as far as `control` shares it, is taken out."""
    mean, control_mean = mean_and_error(values)[0], mean_and_error(control)[0]
    shared = math.fsum((v - mean) * (c - control_mean) for v, c in zip(values, control))
    beta = shared / math.fsum((c - control_mean) ** 2 for c in control)
    return mean_and_error([v - beta * (c - known) for v, c in zip(values, control)])


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    for name, value in (("spot", 100.0), ("strike", 105.0), ("rate", 0.03), ("volatility", 0.25), ("years", 1.0)):
        parser.add_argument(f"--{name}", type=float, default=value)
    parser.add_argument("--steps", type=int, default=12)
    parser.add_argument("--pairs", type=int, default=60000)
    parser.add_argument("--seed", type=int, default=1)
    market = parser.parse_args()
    if min(market.spot, market.strike, market.volatility, market.years) <= 0 or market.steps < 1 or market.pairs < 100:
        parser.error("spot, strike, volatility and years must be above 0, --steps >= 1 and --pairs >= 100")

    discount = math.exp(-market.rate * market.years)
    draw = random.Random(market.seed).gauss
    payoffs = {"european": [], "asian": [], "geometric": []}
    for pair in range(1, market.pairs + 1):
        both = [[discount * max(price - market.strike, 0.0) for price in path] for path in sample_paths(market, draw)]
        for values, up, down in zip(payoffs.values(), *both):
            values.append((up + down) / 2)
        if pair % max(1, market.pairs // 8) == 0:
            mean, error = mean_and_error(payoffs["european"])
            print(f"{pair:7d} pairs  European call {mean:.4f} +- {error:.4f}", flush=True)

    n, drift = market.steps, market.rate - market.volatility ** 2 / 2
    spot_log, deviation = math.log(market.spot), market.volatility * math.sqrt(market.years)
    european = lognormal_call(spot_log + drift * market.years, deviation, market.strike, discount)
    geometric = lognormal_call(spot_log + drift * market.years * (n + 1) / (2 * n),
                               deviation * math.sqrt((n + 1) * (2 * n + 1) / (6 * n * n)), market.strike, discount)
    rows = {"European": (*mean_and_error(payoffs["european"]), european),
            "geometric Asian": (*mean_and_error(payoffs["geometric"]), geometric),
            "arithmetic Asian": (*with_control(payoffs["asian"], payoffs["geometric"], geometric), None)}
    wrong = []
    for name, (price, error, exact) in rows.items():
        print(f"{name:17s} {price:.4f} +- {error:.4f}" + ("" if exact is None else f"  exact {exact:.4f}"))
        if exact is not None and not abs(price - exact) <= 4 * error:
            wrong.append(name)
    if rows["arithmetic Asian"][0] < geometric:
        wrong.append("arithmetic Asian (below the geometric one)")
    report = {name: {"price": round(price, 6), "standardError": round(error, 6),
                     "exact": None if exact is None else round(exact, 6)}
              for name, (price, error, exact) in rows.items()}
    (output_folder() / "option-prices.json").write_text(json.dumps(report, indent=2) + "\n", encoding="utf-8")
    if wrong:
        sys.exit(f"More than 4 standard errors off: {', '.join(wrong)}. Try another --seed or more --pairs.")


if __name__ == "__main__":
    main()
