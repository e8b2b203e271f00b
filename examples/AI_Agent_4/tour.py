"""Plan a short round trip through random places. `plan` is made to be queued as a function task.

Its arguments come as JSON, and what it returns is written as JSON.
"""
import math
import random


def plan(places=240, seed=4, restarts=20):
    """Shortest round trip found by 2-opt from several nearest-neighbour starts."""
    if not (isinstance(places, int) and places >= 5 and isinstance(restarts, int) and restarts >= 1):
        raise ValueError(f"plan takes places >= 5 and restarts >= 1, got places={places!r}, restarts={restarts!r}")
    check_on_circle(places)
    chance = random.Random(seed)
    points = [(chance.uniform(0, 100), chance.uniform(0, 100)) for _ in range(places)]
    apart = distances(points)
    best, first = None, None
    for attempt in range(1, restarts + 1):
        start = nearest_neighbour(apart, chance.randrange(places))
        first = first or length(apart, start)
        tour = improve(apart, start)
        if best is None or length(apart, tour) < length(apart, best):
            best = tour
        print(f"start {attempt}/{restarts}: {length(apart, start):.1f} -> {length(apart, tour):.1f}, "
              f"best {length(apart, best):.1f}", flush=True)
    if sorted(best) != list(range(places)) or length(apart, best) > first:
        raise RuntimeError(f"the tour misses a place or got longer than {first:.1f}: {best}")
    best = best[best.index(0):] + best[:best.index(0)]
    return {"places": places, "length": round(length(apart, best), 4), "nearestNeighbour": round(first, 4),
            "tour": best}


def check_on_circle(places):
    """On a circle the shortest tour is known, the polygon; 2-opt must find it from any start."""
    mixed = list(range(places))
    random.Random(places).shuffle(mixed)
    angles = [2 * math.pi * place / places for place in mixed]
    apart = distances([(math.cos(angle), math.sin(angle)) for angle in angles])
    found, polygon = length(apart, improve(apart, list(range(places)))), 2 * places * math.sin(math.pi / places)
    if abs(found - polygon) > 1e-9:
        raise RuntimeError(f"2-opt found {found:.6f} on a circle of {places} places, the polygon has {polygon:.6f}")


def distances(points):
    return [[math.hypot(ax - bx, ay - by) for bx, by in points] for ax, ay in points]


def length(apart, tour):
    return math.fsum(apart[a][b] for a, b in zip(tour, tour[1:] + tour[:1]))


def nearest_neighbour(apart, start):
    tour, left = [start], set(range(len(apart))) - {start}
    while left:
        tour.append(min(left, key=lambda place: (apart[tour[-1]][place], place)))
        left.remove(tour[-1])
    return tour


def improve(apart, tour):
    """Reverse stretches of the tour as long as that makes it shorter."""
    tour, size, better = tour[:], len(tour), True
    while better:
        better = False
        for i in range(size - 1):
            for j in range(i + 2, size if i else size - 1):
                a, b, c, d = tour[i], tour[i + 1], tour[j], tour[(j + 1) % size]
                if apart[a][c] + apart[b][d] < apart[a][b] + apart[c][d] - 1e-12:
                    tour[i + 1:j + 1] = tour[i + 1:j + 1][::-1]
                    better = True
    return tour
