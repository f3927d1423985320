"""A calculator: a lexer, a recursive-descent parser and a tree of objects that evaluate themselves.

    expression = term { ("+" | "-") term }
    term       = factor { ("*" | "/" | "%") factor }
    factor     = "-" factor | power
    power      = atom [ "^" factor ]
    atom       = number | name [ "=" expression ] | "(" expression ")"
"""

OPERATIONS = {
    "+": lambda a, b: a + b,
    "-": lambda a, b: a - b,
    "*": lambda a, b: a * b,
    "/": lambda a, b: a // b if a % b == 0 else a / b,
    "%": lambda a, b: a % b,
}


class CalculatorError(Exception):
    pass


def tokens(text):
    position = 0
    while position < len(text):
        start = position
        while position < len(text) and (text[position].isalpha() or text[position].isdigit()):
            position += 1
        if position == start:
            position += 1
        if text[start] != " ":
            yield text[start:position]
    yield ""


class Calculator:
    def __init__(self):
        self.variables = {}

    def evaluate(self, text):
        self.source = tokens(text)
        self.token = next(self.source)
        value = self.expression()
        if self.token:
            raise CalculatorError("unexpected " + self.token)
        return value

    def accept(self, choices):
        token = self.token
        if token and token in choices:
            self.token = next(self.source)
            return token

    def chain(self, operand, operators):
        value = operand()
        while True:
            operator = self.accept(operators)
            if operator is None:
                return value
            value = OPERATIONS[operator](value, operand())

    def expression(self):
        return self.chain(self.term, "+-")

    def term(self):
        return self.chain(self.factor, "*/%")

    def factor(self):
        if self.accept("-"):
            return -self.factor()
        base = self.atom()
        return base ** self.factor() if self.accept("^") else base

    def atom(self):
        if self.accept("("):
            value = self.expression()
            if not self.accept(")"):
                raise CalculatorError("missing )")
            return value
        token, self.token = self.token, next(self.source, "")
        if token.isdigit():
            return int(token)
        if not token.isalpha():
            raise CalculatorError("expected a number or a name")
        if self.accept("="):
            self.variables[token] = self.expression()
        elif token not in self.variables:
            raise CalculatorError("unknown name " + token)
        return self.variables[token]


calculator = Calculator()
for line in ("1 + 2 * 3", "(1 + 2) * 3", "-2 ^ 2", "2 ^ 3 ^ 2", "x = 7 * 6", "x % 5 + x / 4", "2 ^ 100", "1 / 0", "y + 1", "(2", "3 4"):
    try:
        print(line, "=", calculator.evaluate(line))
    except CalculatorError as error:
        print(line, "!", error)
    except ZeroDivisionError:
        print(line, "! division by zero")
