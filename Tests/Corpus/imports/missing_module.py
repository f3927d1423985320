for source in ("import no_such_module", "from no_such_module import x", "import no.such.module"):
    try:
        exec(source)
    except ImportError as e:
        print("ImportError")
