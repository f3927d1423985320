from micropython import schedule, kbd_intr
from time import sleep
try:
    for _ in range(5): schedule(kbd_intr, None)
    sleep(0)
    print("not interrupted")
except KeyboardInterrupt:
    print("KeyboardInterrupt")
for _ in range(50): sleep(0)
def callback(_):
    schedule(kbd_intr, None)
    for _ in range(50): sleep(0)
    print("callback ends")
try:
    schedule(callback, None)
    sleep(0)
    sleep(0)
    print("not interrupted")
except KeyboardInterrupt:
    print("KeyboardInterrupt")
