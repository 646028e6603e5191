"""The kind of processor that figures were measured on.

Eight-bit products round otherwise where the processor has instructions of its own
for them: a case or two at the edge of a threshold fall to the other side, and no
figure can be held to the fourth digit on another kind of processor.
"""

from __future__ import annotations

import platform
from pathlib import Path

__all__ = ["processor_kind"]

_CPUINFO = Path("/proc/cpuinfo")
_MATTERS = ("avx2", "avx512f", "avx512_vnni", "avx_vnni", "asimddp", "i8mm")


def processor_kind(cpuinfo: Path = _CPUINFO) -> str:
    """`x86_64 avx2 avx512f avx512_vnni` and the like.

    Args:
        cpuinfo: Linux's list of processors; where there is none, the machine's name stands alone.
    """
    flags: set[str] = set()
    if cpuinfo.exists():
        for line in cpuinfo.read_text(encoding="utf-8", errors="replace").splitlines():
            name, _, value = line.partition(":")
            if name.strip().lower() in {"flags", "features"}:
                flags.update(value.split())
    return " ".join((platform.machine(), *(flag for flag in _MATTERS if flag in flags)))
