"""What a process that opens hostile files may take, where the system can see to that."""

import sys
from collections.abc import Mapping

if sys.platform != "win32":
    import resource


def bind(most: Mapping[str, int]) -> None:
    """
    Let this process take no more from now on; what is bound closer already stays so. On Windows nothing is bound.

    :param most: by the name of the limit as `resource` has it, such as `RLIMIT_AS` in bytes
    """
    if sys.platform == "win32":
        return
    for name, limit in most.items():
        kind = getattr(resource, name)
        _, hard = resource.getrlimit(kind)
        within = limit if hard == resource.RLIM_INFINITY else min(limit, hard)
        resource.setrlimit(kind, (within, within))
