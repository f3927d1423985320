# A built-in called with a star argument, then expressions whose first parts wait on the stack while properties of built-in types are read.
def f(number, arguments):
    view = slice(*arguments)
    return f"slice[{number}]: {view.start} {view.stop} {view.step}"


def g(parts):
    largest = max(*parts)
    return ["a", [largest], "b".join(str(part) for part in parts), {largest: sorted(parts, key=lambda part: -part)}]


for turn in range(60):
    text = f(turn, [turn])
    more = f(turn, (turn, "x"))
    lists = g([turn, 3, 4])
print(text)
print(more)
print(lists)
