# Streams written in Python say through ioctl what they are ready for.
import io, select


class Stream(io.IOBase):
    def __init__(self, ready):
        self.ready = ready

    def ioctl(self, request, argument):
        return self.ready & argument if request == 3 else -1


a = Stream(select.POLLIN)
b = Stream(0)
poll = select.poll()
poll.register(a)
poll.register(b, select.POLLIN)
print([(stream is a, events) for stream, events in poll.poll()])
print([(stream is a, events) for stream, events in poll.ipoll(0)])
poll.modify(a, select.POLLOUT)
print(poll.poll(5))
b.ready = select.POLLIN | select.POLLHUP
poll.modify(b, 0xFF)
print([events for _, events in poll.ipoll(100, 1)])
print([events for _, events in poll.ipoll(0)])
poll.unregister(a)
try:
    poll.unregister(a)
except KeyError:
    print("KeyError")
try:
    poll.register(5.5)
except TypeError:
    print("TypeError")
print([len(part) for part in select.select([a, b], [b], [], 0)])
