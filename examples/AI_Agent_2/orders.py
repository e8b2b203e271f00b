"""The orders of a CSV file, read strictly: a wrong cell is an error that names its line."""
import csv
import math
from collections import namedtuple

Order = namedtuple("Order", "order date region channel weight_kg distance_km price")
NUMBERS = ("weight_kg", "distance_km", "price")


def read_orders(path):
    """All orders in `path`. Raises ValueError with file, line and column when something is wrong."""
    orders, seen = [], set()
    with open(path, encoding="utf-8", newline="") as file:
        reader = csv.DictReader(file)
        missing = [name for name in Order._fields if name not in (reader.fieldnames or [])]
        if missing:
            raise ValueError(f"{path} has no column {', '.join(missing)}; the first line must name the columns")
        for row in reader:
            where = f"{path}, line {reader.line_num}"
            cells = {name: row[name] for name in Order._fields}
            for name in NUMBERS:
                try:
                    cells[name] = float(cells[name])
                except (TypeError, ValueError):
                    cells[name] = math.nan
                if not math.isfinite(cells[name]):
                    raise ValueError(f"{where}: {name} is {row[name]!r}, not a number; correct it or remove the line")
            if cells["order"] in seen:
                raise ValueError(f"{where}: order {cells['order']} is there twice; remove one")
            seen.add(cells["order"])
            orders.append(Order(**cells))
    if not orders:
        raise ValueError(f"{path} holds no orders, only a first line")
    return orders
