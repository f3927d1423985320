print(" a  b c ".rsplit(None, 1), "a b c d".rsplit(None, 2), "a".rsplit(None, 1), "  ".rsplit(None, 1))
