"""Classes, exceptions and context managers: accounts, transfers that are undone when they fail, and a statement."""


class BankError(Exception):
    pass


class InsufficientFunds(BankError):
    def __init__(self, account, missing):
        super().__init__("%s lacks %d" % (account.owner, missing))
        self.missing = missing


class Account:
    def __init__(self, owner, balance=0):
        self.owner = owner
        self.history = []
        self._balance = balance

    @property
    def balance(self):
        return self._balance

    def deposit(self, amount):
        if amount <= 0:
            raise BankError("an amount must be positive")
        self._change(amount, "deposit")

    def withdraw(self, amount):
        missing = amount - self.available()
        if missing > 0:
            raise InsufficientFunds(self, missing)
        self._change(-amount, "withdrawal")

    def available(self):
        return self._balance

    def _change(self, amount, text):
        self._balance += amount
        self.history.append((text, amount))

    def __repr__(self):
        return "%s(%r, %d)" % (type(self).__name__, self.owner, self.balance)


class Overdraft(Account):
    """An account that may go below zero, down to a limit."""

    def __init__(self, owner, balance=0, limit=100):
        super().__init__(owner, balance)
        self.limit = limit

    def available(self):
        return super().available() + self.limit


class Transaction:
    """Restores the accounts if the block raises a BankError, and reports it."""

    def __init__(self, *accounts):
        self.accounts = accounts

    def __enter__(self):
        self.saved = [(a, a._balance, list(a.history)) for a in self.accounts]

    def __exit__(self, kind, error, traceback):
        if kind is None or not issubclass(kind, BankError):
            return False
        for account, account._balance, account.history in self.saved:
            pass
        print("undone:", error)
        return True


def transfer(source, target, amount):
    with Transaction(source, target):
        target.deposit(amount)
        source.withdraw(amount)


ann, bob = Account("Ann", 120), Overdraft("Bob", 30, limit=50)
for source, target, amount in ((ann, bob, 70), (ann, bob, 70), (bob, ann, 140), (bob, ann, 20), (bob, ann, -5)):
    transfer(source, target, amount)
    print("%s -> %s %4d: %r %r" % (source.owner, target.owner, amount, ann, bob))
for account in (ann, bob):
    print(account.owner, [amount for _, amount in account.history], "total", sum(amount for _, amount in account.history))
