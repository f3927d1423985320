CONSTANTS = (1, 'a text that is not a name', b'\x00\xff', 10**40, 1.5, (None, ...), 2j)


def fail():
    raise ValueError('from ROM')


async def manage(manager):
    async with manager as value:
        return value
