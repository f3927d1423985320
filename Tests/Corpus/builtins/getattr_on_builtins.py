print(hasattr([], "append"), getattr("a", "upper")(), getattr(1, "nope", "default"), hasattr(1, "nope"), getattr(int, "__name__"))
