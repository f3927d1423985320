import time
t = time.gmtime(0)
print(t[:6], time.gmtime(86400 * 365)[:3], len(time.localtime()) >= 8, time.time() > 1600000000)
a = time.time_ns()
time.sleep(0.001)
print(time.time_ns() > a)
