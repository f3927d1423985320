from .inner import deep

NAME = __name__
