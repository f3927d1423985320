# A RingIO is ready to be read when bytes are in it, to be written while there is room.
import micropython
import select

ring = micropython.RingIO(4)
poll = select.poll()
poll.register(ring, select.POLLIN | select.POLLOUT)
for written in (b"", b"ab", b"cd"):
    ring.write(written)
    print([event for _, event in poll.poll(0)])
ring.read()
poll.modify(ring, select.POLLIN)
print(poll.poll(1))
