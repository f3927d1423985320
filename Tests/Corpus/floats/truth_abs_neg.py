print(bool(0.0), bool(-0.0), bool(0.1), abs(-1.5), abs(-0.0), -0.0, +1.5, -(-2.5), abs(float("-inf")))
