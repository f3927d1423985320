"""An incremental one-way constraint solver: strengths, plans, chains of equalities and scaled projections."""
# heap: 8m

import sys

REQUIRED, STRONG, NORMAL, WEAK, NONE = range(5)


class Variable:
    def __init__(self, name, value):
        self.name = name
        self.value = value
        self.constraints = []
        self.determined_by = None
        self.strength = NONE
        self.mark = 0


class Constraint:
    """Holds variables; `methods()` lists (output, inputs) in order of preference."""

    def __init__(self, strength, *variables):
        self.strength = strength
        self.variables = variables
        self.output = None

    def outputs(self):
        return self.variables

    def compute(self):
        raise NotImplementedError

    def inputs(self):
        return [v for v in self.variables if v is not self.output]

    def choose(self, mark):
        best = None
        for variable in self.outputs():
            if variable.mark != mark and variable.strength > self.strength:
                if best is None or variable.strength > best.strength:
                    best = variable
        self.output = best
        return best


class Stay(Constraint):
    def compute(self):
        pass


class Edit(Constraint):
    def compute(self):
        pass


class Equal(Constraint):
    def compute(self):
        a, b = self.variables
        if self.output is a:
            a.value = b.value
        else:
            b.value = a.value


class Scale(Constraint):
    """target = source * factor + offset"""

    def outputs(self):
        return self.variables[:2]

    def compute(self):
        source, target, factor, offset = self.variables
        if self.output is target:
            target.value = source.value * factor.value + offset.value
        else:
            source.value = (target.value - offset.value) // factor.value


class Solver:
    def __init__(self):
        self.mark = 0

    def add(self, constraint):
        for variable in constraint.variables:
            variable.constraints.append(constraint)
        self.mark += 1
        while constraint is not None:
            constraint = self.satisfy(constraint)

    def satisfy(self, constraint):
        output = constraint.choose(self.mark)
        if output is None:
            if constraint.strength == REQUIRED:
                raise ValueError("over-constrained")
            return None
        displaced = output.determined_by
        if displaced is not None:
            displaced.output = None
        output.determined_by = constraint
        output.mark = self.mark
        self.propagate(output)
        return displaced

    def propagate(self, variable):
        work = [variable]
        while work:
            output = work.pop()
            constraint = output.determined_by
            strongest = constraint.strength
            for source in constraint.inputs():
                if source.strength > strongest:
                    strongest = source.strength
            output.strength = max(constraint.strength, min(strongest, WEAK))
            constraint.compute()
            for following in output.constraints:
                if following is not constraint and following.output is not None:
                    if following.output.mark != -1 and following.output is not output:
                        work.append(following.output)

    def remove(self, constraint):
        for variable in constraint.variables:
            variable.constraints.remove(constraint)
        output = constraint.output
        if output is not None:
            constraint.output = None
            output.determined_by = None
            output.strength = NONE
            for other in sorted(output.constraints, key=lambda c: c.strength):
                if other.output is None:
                    self.mark += 1
                    while other is not None:
                        other = self.satisfy(other)

    def plan(self, start):
        """The constraints to run, in order, when `start` changes."""
        order, seen, work = [], set(), [start]
        while work:
            variable = work.pop()
            for constraint in variable.constraints:
                if constraint.output is not None and constraint.output is not variable and id(constraint) not in seen:
                    seen.add(id(constraint))
                    order.append(constraint)
                    work.append(constraint.output)
        return order


def chain(solver, n):
    variables = [Variable("v%d" % i, 0) for i in range(n)]
    for a, b in zip(variables, variables[1:]):
        solver.add(Equal(REQUIRED, a, b))
    solver.add(Stay(WEAK, variables[-1]))
    edit = Edit(STRONG, variables[0])
    solver.add(edit)
    plan = solver.plan(variables[0])
    for value in range(100):
        variables[0].value = value
        for constraint in plan:
            constraint.compute()
    result = variables[-1].value
    solver.remove(edit)
    return result, len(plan)


def projection(solver, n):
    factor, offset = Variable("factor", 10), Variable("offset", 1000)
    targets = []
    for i in range(n):
        source, target = Variable("s", i), Variable("t", 0)
        targets.append(target)
        solver.add(Stay(NORMAL, source))
        solver.add(Scale(REQUIRED, source, target, factor, offset))
    total = 0
    for value in range(20):
        factor.value = value + 1
        for constraint in solver.plan(factor):
            constraint.compute()
        total += targets[-1].value
    return total


n = int(sys.argv[1]) if len(sys.argv) > 1 else 1300
print(chain(Solver(), n), projection(Solver(), n * 2))
