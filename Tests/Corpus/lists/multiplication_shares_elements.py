rows = [[]] * 2
rows[0].append(1)
print(rows, rows[0] is rows[1])
