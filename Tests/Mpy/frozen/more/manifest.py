if options.answer == 42:
    freeze('.', 'source.py')
    freeze_as_str('text')
