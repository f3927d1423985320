class AppError(Exception):
    def __init__(self, code, text):
        super().__init__(text)
        self.code = code
class Fatal(AppError):
    def __str__(self): return "fatal %d" % self.code
for cls in (AppError, Fatal):
    try:
        raise cls(7, "message")
    except AppError as e:
        print(type(e).__name__, e.code, e, e.args)
