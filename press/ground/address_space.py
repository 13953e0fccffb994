"""Find out whether a process may reserve the address space that the drawing engine needs."""

import resource

NEEDED = 100  # GB; V8 reserves that much and uses little of it: 60 did not suffice, 100 did (V8 of vl-convert 1.9)


def lacks() -> str:
    """Return what is wrong with the limit on this process's address space, '' where it is wide enough."""
    soft, _ = resource.getrlimit(resource.RLIMIT_AS)
    if soft == resource.RLIM_INFINITY or soft >= NEEDED * 10**9:
        return ""
    return f"limited to {soft / 10**9:.0f} GB, of which figures reserve {NEEDED}"
