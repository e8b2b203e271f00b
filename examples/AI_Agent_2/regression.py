"""Least squares for price = base + a * weight + b * distance, without a library."""


def fit(points, targets):
    """Coefficients (base, a, b) by the normal equations; points are (weight, distance) pairs."""
    sums = [0.0] * 9
    for (x, y), z in zip(points, targets):
        for place, value in enumerate((1.0, x, y, x * x, x * y, y * y, z, x * z, y * z)):
            sums[place] += value
    n, sx, sy, sxx, sxy, syy, sz, sxz, syz = sums
    return solve([[n, sx, sy, sz], [sx, sxx, sxy, sxz], [sy, sxy, syy, syz]])


def solve(rows):
    """Gauss elimination with pivoting on an augmented matrix."""
    size = len(rows)
    for column in range(size):
        pivot = max(range(column, size), key=lambda i: abs(rows[i][column]))
        if abs(rows[pivot][column]) < 1e-12:
            raise ValueError("the points do not determine a plane: weight or distance never varies")
        rows[column], rows[pivot] = rows[pivot], rows[column]
        for i in range(size):
            if i != column:
                factor = rows[i][column] / rows[column][column]
                rows[i] = [a - factor * b for a, b in zip(rows[i], rows[column])]
    return [rows[i][size] / rows[i][i] for i in range(size)]


def residuals(points, targets, coefficients):
    base, a, b = coefficients
    return [z - base - a * x - b * y for (x, y), z in zip(points, targets)]
