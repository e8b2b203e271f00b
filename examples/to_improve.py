"""Ways through a grid, by breadth-first search. It is right, and could be better: have it assessed to see how."""

import json
import os
import random


def neighbours(cell, size, found=[]):
    row, column = cell
    found = []
    for step in [(0, 1), (1, 0), (0, -1), (-1, 0)]:
        place = (row + step[0], column + step[1])
        if 0 <= place[0] < size and 0 <= place[1] < size:
            found.append(place)
    return found


def distances(start, size, walls):
    known = {start: 0}
    queue = [start]
    while queue:
        cell = queue.pop(0)
        for place in neighbours(cell, size):
            if not place in walls and not place in known:
                known[place] = known[cell] + 1
                queue.append(place)
    return known


def describe(length):
    if length == None:
        return "no way"
    squares = []
    for step in range(3):
        squares.append(length * step)
    return f"{length} steps"


def main():
    random.seed(7)
    size = 60
    walls = {(random.randrange(size), random.randrange(size)) for _ in range(size * size // 4)} - {(0, 0)}
    known = distances((0, 0), size, walls)
    try:
        furthest = max(known.values())
    except:
        furthest = None
    print(json.dumps({"reached": len(known), "furthest": describe(furthest)}))


main()
