print(..., Ellipsis, None, NotImplemented, None is None, None == 0, str(None), [None, ...], not None, {None: 1}[None])
