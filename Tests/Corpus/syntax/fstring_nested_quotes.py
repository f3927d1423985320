d = {"k": "v"}
print(f"{d['k']}", f'{d["k"]}', f"{d["k"]}")
print(f"{f'{1 + 1}'}", f"{f"{3}"}")
print(f"{'{'}{'}'}", f"{'a:b'}", f"{'x!r'}", f"{d['k']:>{len('abc')}}")
