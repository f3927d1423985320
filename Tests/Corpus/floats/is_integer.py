print((1.0).is_integer(), (1.5).is_integer(), (-0.0).is_integer(), float("inf").is_integer(), (1e20).is_integer())
