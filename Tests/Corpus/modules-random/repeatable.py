import random
random.seed(1)
a = [random.getrandbits(8) for _ in range(5)]
random.seed(1)
print(a == [random.getrandbits(8) for _ in range(5)], all(0 <= random.random() < 1 for _ in range(50)), all(3 <= random.randint(3, 5) <= 5 for _ in range(50)), all(random.randrange(0, 10, 5) in (0, 5) for _ in range(50)), random.choice([7]), 1 <= random.uniform(1, 2) <= 2)
