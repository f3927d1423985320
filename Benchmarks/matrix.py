"""Lists of lists: matrix product, transposition, elimination, in integers and floats."""
# heap: 4m

import sys


def product(a, b):
    columns = list(zip(*b))
    return [[sum([x * y for x, y in zip(row, column)]) for column in columns] for row in a]


def product_by_index(a, b):
    n = len(a)
    result = [[0.0] * n for _ in range(n)]
    for i in range(n):
        row = a[i]
        out = result[i]
        for j in range(n):
            total = 0.0
            for k in range(n):
                total += row[k] * b[k][j]
            out[j] = total
    return result


def determinant(matrix):
    rows = [list(row) for row in matrix]
    value = 1.0
    for i in range(len(rows)):
        pivot = max(range(i, len(rows)), key=lambda r: abs(rows[r][i]))
        if pivot != i:
            rows[i], rows[pivot] = rows[pivot], rows[i]
            value = -value
        value *= rows[i][i]
        for j in range(i + 1, len(rows)):
            factor = rows[j][i] / rows[i][i]
            for k in range(i, len(rows)):
                rows[j][k] -= factor * rows[i][k]
    return value


n = int(sys.argv[1]) if len(sys.argv) > 1 else 120
a = [[(i * j + i) % 11 - 5 for j in range(n)] for i in range(n)]
b = [[(i + 2 * j) % 7 - 3 for j in range(n)] for i in range(n)]
c = product(a, b)
d = product_by_index([[float(x) for x in row] for row in a], b)
e = determinant([[2.0 if i == j else 1.0 / (i + j + 1) for j in range(n)] for i in range(n)])
print(sum(map(sum, c)), sum(map(sum, d)), "%.5e" % e)
