"""A small operating system: tasks of several kinds pass packets through queues under a priority scheduler."""

import sys

IDLE, WORKER, HANDLER, DEVICE = range(4)
READY, WAITING, HELD = range(3)


class Packet:
    def __init__(self, source, kind, data):
        self.source = source
        self.kind = kind
        self.data = data
        self.link = None

    def append_to(self, queue):
        self.link = None
        if queue is None:
            return self
        last = queue
        while last.link is not None:
            last = last.link
        last.link = self
        return queue


class Task:
    def __init__(self, kernel, name, priority):
        self.kernel = kernel
        self.name = name
        self.priority = priority
        self.queue = None
        self.state = READY
        kernel.add(self)

    def receive(self, packet):
        self.queue = packet.append_to(self.queue)
        if self.state == WAITING:
            self.state = READY

    def take(self):
        packet = self.queue
        if packet is not None:
            self.queue = packet.link
        return packet

    def runnable(self):
        return self.state == READY

    def run(self):
        packet = self.take()
        if packet is None:
            self.state = WAITING
        else:
            self.handle(packet)


class Idle(Task):
    def __init__(self, kernel, turns):
        super().__init__(kernel, "idle", 0)
        self.turns = turns
        self.control = 1

    def run(self):
        self.turns -= 1
        if self.turns == 0:
            self.state = HELD
            self.kernel.stopped = True
            return
        if self.control & 1:
            self.control = (self.control >> 1) ^ 0xD008
            self.kernel.release("device-a")
        else:
            self.control >>= 1
            self.kernel.release("device-b")
        self.kernel.send("worker", Packet(self.name, WORKER, [self.control & 15]))


class Worker(Task):
    def __init__(self, kernel):
        super().__init__(kernel, "worker", 2)
        self.flip = False
        self.count = 0

    def handle(self, packet):
        self.flip = not self.flip
        for i in range(4):
            self.count = (self.count + 1) % 26
            packet.data.append(65 + self.count)
        self.kernel.send("handler-a" if self.flip else "handler-b", Packet(self.name, HANDLER, packet.data))


class Handler(Task):
    def __init__(self, kernel, name, device):
        super().__init__(kernel, name, 3)
        self.device = device

    def handle(self, packet):
        for value in packet.data:
            self.kernel.send(self.device, Packet(self.name, DEVICE, value))


class Device(Task):
    def __init__(self, kernel, name):
        super().__init__(kernel, name, 4)
        self.total = 0

    def handle(self, packet):
        self.total = (self.total * 3 + packet.data) & 0xFFFFF
        self.kernel.handled += 1
        if self.kernel.handled % 7 == 0:
            self.state = HELD


class Kernel:
    def __init__(self):
        self.tasks = []
        self.names = {}
        self.stopped = False
        self.handled = self.sent = 0

    def add(self, task):
        self.names[task.name] = task
        position = 0
        while position < len(self.tasks) and self.tasks[position].priority >= task.priority:
            position += 1
        self.tasks.insert(position, task)

    def send(self, name, packet):
        self.sent += 1
        self.names[name].receive(packet)

    def release(self, name):
        task = self.names[name]
        if task.state == HELD:
            task.state = READY

    def run(self):
        while not self.stopped:
            for task in self.tasks:
                if task.runnable():
                    task.run()
                    break


n = int(sys.argv[1]) if len(sys.argv) > 1 else 13000
kernel = Kernel()
Idle(kernel, n)
Worker(kernel)
Handler(kernel, "handler-a", "device-a")
Handler(kernel, "handler-b", "device-b")
devices = [Device(kernel, "device-a"), Device(kernel, "device-b")]
kernel.run()
print(kernel.sent, kernel.handled, [d.total for d in devices])
