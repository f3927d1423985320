inf, nan = float("inf"), float("nan")
print(inf, -inf, nan, inf + 1, inf - inf, inf * 0, 1 / inf, -1 / inf, inf == inf, nan == nan, nan != nan)
print(inf > 10 ** 300, -inf < 0, nan < 1, nan > 1, max(1, inf), bool(nan))
