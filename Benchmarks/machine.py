"""A bytecode interpreter written in Python: an assembler and a stack machine that runs three programs."""

import sys

PUSH, LOAD, STORE, ADD, SUB, MUL, MOD, LESS, EQUAL, JUMP, JUMPZ, CALL, RET, PEEK, POKE, PRINT, HALT, HALVE = range(18)
NAMES = "push load store add sub mul mod less equal jump jumpz call ret peek poke print halt halve".split()

PRIMES = """
  push 2
  store 0
next:
  load 0 ; load 3 ; less ; jumpz done
  load 0 ; peek ; jumpz prime
  jump advance
prime:
  load 1 ; push 1 ; add ; store 1
  load 0 ; load 0 ; add ; store 2
mark:
  load 2 ; load 3 ; less ; jumpz advance
  push 1 ; load 2 ; poke
  load 2 ; load 0 ; add ; store 2
  jump mark
advance:
  load 0 ; push 1 ; add ; store 0
  jump next
done:
  load 1 ; print ; halt
"""

FIBONACCI = """
  load 3 ; call fib ; print ; halt
fib:
  store 0
  load 0 ; push 2 ; less ; jumpz more
  load 0 ; ret
more:
  load 0
  load 0 ; push 1 ; sub ; call fib
  store 1 ; store 0 ; load 1
  load 0 ; push 2 ; sub ; call fib
  add ; ret
"""

COLLATZ = """
outer:
  load 0 ; push 1 ; add ; store 0
  load 0 ; load 3 ; less ; jumpz done
  load 0 ; store 1
inner:
  load 1 ; push 1 ; equal ; jumpz step
  jump outer
step:
  load 2 ; push 1 ; add ; store 2
  load 1 ; push 2 ; mod ; jumpz even
  load 1 ; push 3 ; mul ; push 1 ; add ; store 1
  jump inner
even:
  load 1 ; halve ; store 1
  jump inner
done:
  load 2 ; print ; halt
"""


def assemble(source):
    code = []
    labels = {}
    for line in source.replace(";", "\n").split("\n"):
        words = line.split()
        if not words:
            continue
        if words[0].endswith(":"):
            labels[words[0][:-1]] = len(code)
            continue
        code.append(NAMES.index(words[0]))
        if len(words) > 1:
            code.append(words[1] if words[1].isalpha() else int(words[1]))
    return [labels[word] if isinstance(word, str) else word for word in code]


class Machine:
    def __init__(self, code, argument):
        self.code = code
        self.memory = [0] * (argument + 1)
        self.locals = [0, 0, 0, argument]
        self.output = []

    def run(self):
        code = self.code
        memory = self.memory
        variables = self.locals
        stack = []
        returns = []
        push = stack.append
        pop = stack.pop
        pc = steps = 0
        while True:
            op = code[pc]
            pc += 1
            steps += 1
            if op == PUSH:
                push(code[pc])
                pc += 1
            elif op == LOAD:
                push(variables[code[pc]])
                pc += 1
            elif op == STORE:
                variables[code[pc]] = pop()
                pc += 1
            elif op == ADD:
                b = pop()
                stack[-1] += b
            elif op == SUB:
                b = pop()
                stack[-1] -= b
            elif op == MUL:
                b = pop()
                stack[-1] *= b
            elif op == MOD:
                b = pop()
                stack[-1] %= b
            elif op == LESS:
                b = pop()
                stack[-1] = 1 if stack[-1] < b else 0
            elif op == EQUAL:
                b = pop()
                stack[-1] = 1 if stack[-1] == b else 0
            elif op == JUMP:
                pc = code[pc]
            elif op == JUMPZ:
                pc = pc + 1 if pop() else code[pc]
            elif op == CALL:
                returns.append(pc + 1)
                pc = code[pc]
            elif op == RET:
                pc = returns.pop()
            elif op == PEEK:
                stack[-1] = memory[stack[-1]]
            elif op == POKE:
                address = pop()
                memory[address] = pop()
            elif op == PRINT:
                self.output.append(pop())
            elif op == HALT:
                self.output.append(variables)
                return steps
            elif op == HALVE:
                stack[-1] //= 2
            else:
                raise ValueError(op)


n = int(sys.argv[1]) if len(sys.argv) > 1 else 16000
for source, argument in ((PRIMES, n), (FIBONACCI, 8 + n // 1000), (COLLATZ, n // 8)):
    machine = Machine(assemble(source), argument)
    print(machine.run(), machine.output)
