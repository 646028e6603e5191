from __future__ import annotations

import os
from pathlib import Path

import pytest

from temoin.exporting.files import atomic_file


def test_file_is_there_after_the_block(tmp_path: Path) -> None:
    with atomic_file(tmp_path / "out.txt") as stream:
        stream.write("été")
    assert (tmp_path / "out.txt").read_text(encoding="utf-8") == "été"


def test_nothing_is_there_during_the_block(tmp_path: Path) -> None:
    with atomic_file(tmp_path / "out.txt") as stream:
        stream.write("half")
        assert not (tmp_path / "out.txt").exists()


def interrupted(path: Path, error: BaseException) -> None:
    with atomic_file(path) as stream:
        stream.write("half")
        raise error


@pytest.mark.parametrize("error", [ValueError(), KeyboardInterrupt()])
def test_interrupted_block_leaves_the_old_file(tmp_path: Path, error: BaseException) -> None:
    out = tmp_path / "out.txt"
    out.write_text("old")
    with pytest.raises(type(error)):
        interrupted(out, error)
    assert [(path.name, path.read_text()) for path in tmp_path.iterdir()] == [("out.txt", "old")]


def test_line_ends_are_written_as_given(tmp_path: Path) -> None:
    with atomic_file(tmp_path / "out.csv") as stream:
        stream.write("a\r\nb\n")
    assert (tmp_path / "out.csv").read_bytes() == b"a\r\nb\n"


def test_new_file_gets_the_usual_permissions(tmp_path: Path) -> None:
    old = os.umask(0o027)
    try:
        with atomic_file(tmp_path / "out.txt"):
            pass
    finally:
        os.umask(old)
    assert (tmp_path / "out.txt").stat().st_mode & 0o777 == 0o640


def test_old_file_keeps_its_permissions(tmp_path: Path) -> None:
    out = tmp_path / "out.txt"
    out.touch()
    out.chmod(0o600)
    with atomic_file(out) as stream:
        stream.write("new")
    assert out.stat().st_mode & 0o777 == 0o600


def test_link_keeps_pointing(tmp_path: Path) -> None:
    (tmp_path / "real.txt").write_text("old")
    (tmp_path / "link.txt").symlink_to(tmp_path / "real.txt")
    with atomic_file(tmp_path / "link.txt") as stream:
        stream.write("new")
    assert (tmp_path / "link.txt").is_symlink()
    assert (tmp_path / "real.txt").read_text() == "new"


def test_device_is_written_as_it_is() -> None:
    with atomic_file(Path(os.devnull)) as stream:
        stream.write("gone")
    assert not Path(os.devnull).is_file()


def test_missing_folder_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError), atomic_file(tmp_path / "no" / "out.txt"):
        pass
