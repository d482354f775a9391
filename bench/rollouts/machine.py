"""What this machine is, and what its processors did."""
import os
import platform

TICKS = os.sysconf("SC_CLK_TCK")


def busy_seconds():
    """CPU seconds that all processes of this machine used since its start, those of others included."""
    with open("/proc/stat") as stat:
        user, nice, system, _idle, _iowait, irq, softirq = map(int, stat.readline().split()[1:8])
    return (user + nice + system + irq + softirq) / TICKS


def describe(count, what="nodes"):
    with open("/proc/cpuinfo") as info:
        model = next((line.split(":", 1)[1].strip() for line in info if line.startswith("model name")), platform.machine())
    memory = os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE") / 2**30
    return "%d %s on %d cores (%s), %.0f GiB memory, load %.1f before the start" % (
        count, what, len(os.sched_getaffinity(0)), model, memory, os.getloadavg()[0])
