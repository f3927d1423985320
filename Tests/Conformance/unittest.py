"""The part of `unittest` that MicroPython's own tests use, for interpreters that carry no such module.

Found through MICROPYPATH by Scripts/conformance. The last four lines printed are what `run-tests.py` reads:
a rule of 70 dashes, the count, an empty line and the verdict.
"""

import sys


class SkipTest(Exception):
    pass


class _Raises:
    def __init__(self, expected):
        self.expected = expected
        self.exception = None

    def __enter__(self):
        return self

    def __exit__(self, kind, value, traceback):
        if kind is None:
            raise AssertionError("%r not raised" % (self.expected,))
        if not issubclass(kind, self.expected):
            return False
        self.exception = value
        return True


class _SubTest:
    def __enter__(self):
        return self

    def __exit__(self, kind, value, traceback):
        return False


class TestCase:
    def setUp(self):
        pass

    def tearDown(self):
        pass

    def fail(self, msg=None):
        raise AssertionError(msg)

    def skipTest(self, reason):
        raise SkipTest(reason)

    def subTest(self, msg=None, **params):
        return _SubTest()

    def _check(self, holds, msg, *operands):
        if not holds:
            raise AssertionError(msg if msg is not None else "%s: %r" % (operands[0], operands[1:]))

    def assertEqual(self, a, b, msg=None):
        self._check(a == b, msg, "not equal", a, b)

    def assertNotEqual(self, a, b, msg=None):
        self._check(a != b, msg, "equal", a, b)

    def assertLess(self, a, b, msg=None):
        self._check(a < b, msg, "not less", a, b)

    def assertLessEqual(self, a, b, msg=None):
        self._check(a <= b, msg, "not less or equal", a, b)

    def assertGreater(self, a, b, msg=None):
        self._check(a > b, msg, "not greater", a, b)

    def assertGreaterEqual(self, a, b, msg=None):
        self._check(a >= b, msg, "not greater or equal", a, b)

    def assertAlmostEqual(self, a, b, places=7, msg=None, delta=None):
        near = abs(a - b) <= delta if delta is not None else round(abs(a - b), places) == 0
        self._check(a == b or near, msg, "not almost equal", a, b)

    def assertTrue(self, value, msg=None):
        self._check(value, msg, "not true", value)

    def assertFalse(self, value, msg=None):
        self._check(not value, msg, "not false", value)

    def assertIs(self, a, b, msg=None):
        self._check(a is b, msg, "not identical", a, b)

    def assertIsNot(self, a, b, msg=None):
        self._check(a is not b, msg, "identical", a, b)

    def assertIsNone(self, value, msg=None):
        self._check(value is None, msg, "not None", value)

    def assertIsNotNone(self, value, msg=None):
        self._check(value is not None, msg, "None")

    def assertIn(self, a, b, msg=None):
        self._check(a in b, msg, "not in", a, b)

    def assertNotIn(self, a, b, msg=None):
        self._check(a not in b, msg, "in", a, b)

    def assertIsInstance(self, value, kind, msg=None):
        self._check(isinstance(value, kind), msg, "wrong type", value, kind)

    def assertRaises(self, expected, function=None, *args, **kwargs):
        context = _Raises(expected)
        if function is None:
            return context
        with context:
            function(*args, **kwargs)


def skip(reason):
    def decorate(target):
        def skipped(*args):
            raise SkipTest(reason)

        if isinstance(target, type):
            for name in dir(target):
                if name.startswith("test"):
                    setattr(target, name, skipped)
            return target
        return skipped

    return decorate


def skipIf(condition, reason):
    return skip(reason) if condition else lambda target: target


def skipUnless(condition, reason):
    return skipIf(not condition, reason)


def _run(case, name, totals):
    totals["ran"] += 1
    test = case()
    print(name, "(%s) ..." % case.__name__, end=" ")
    try:
        test.setUp()
        try:
            getattr(test, name)()
        finally:
            test.tearDown()
        print("ok")
    except SkipTest as reason:
        totals["skipped"] += 1
        print("skipped:", reason)
    except AssertionError as error:
        totals["failures"] += 1
        print("FAIL")
        sys.print_exception(error)
    except Exception as error:
        totals["errors"] += 1
        print("ERROR")
        sys.print_exception(error)


def main(module="__main__"):
    totals = {"ran": 0, "skipped": 0, "failures": 0, "errors": 0}
    namespace = __import__(module).__dict__ if isinstance(module, str) else module.__dict__
    for key in sorted(namespace):
        case = namespace[key]
        if isinstance(case, type) and issubclass(case, TestCase) and case is not TestCase:
            if hasattr(case, "setUpClass"):
                case.setUpClass()
            for name in sorted(set(dir(case))):
                if name.startswith("test"):
                    _run(case, name, totals)
            if hasattr(case, "tearDownClass"):
                case.tearDownClass()
    print("-" * 70)
    print("Ran %d tests\n" % totals["ran"])
    if totals["failures"] or totals["errors"]:
        print("FAILED (failures=%d, errors=%d)" % (totals["failures"], totals["errors"]))
        sys.exit(1)
    print("OK" + (" (skipped=%d)" % totals["skipped"] if totals["skipped"] else ""))
