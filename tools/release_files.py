"""What goes out beside the wheel: the SBOM and the hashes.

    python tools/release_files.py sbom      dist/temoin-VERSION.cdx.json
    python tools/release_files.py hashes    dist/SHA256SUMS

The SBOM (CycloneDX 1.6) is read from `dist/installed`, the virtualenv into which
`make check-install` put the wheel, so that it names what a user gets; the model is a
component with the hashes of its files. Hashes are those of `sha256sum --check`.
"""

from __future__ import annotations

import hashlib
import json
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[1]
DIST = ROOT / "dist"
MODEL = ROOT / "src" / "temoin" / "extraction" / "model"
#: What is needed to install or to check, and no part of the release.
_NO_PART = {"pip", "setuptools"}


def sbom() -> Path:
    """Write the SBOM; where it is."""
    from cyclonedx.schema import SchemaVersion
    from cyclonedx.validation.json import JsonStrictValidator

    (wheel,) = DIST.glob("temoin-*.whl")
    version = wheel.name.split("-")[1]
    command = [
        *(str(Path(sys.executable).with_name("cyclonedx-py")), "environment"),
        *("--pyproject", str(ROOT / "pyproject.toml"), "--output-reproducible"),
        *("--spec-version", "1.6", "--output-format", "JSON"),
        str(DIST / "installed" / "bin" / "python"),
    ]
    done = subprocess.run(command, check=True, capture_output=True, text=True)  # noqa: S603
    bom = json.loads(done.stdout)
    components = [c for c in bom["components"] if c["name"] not in _NO_PART | {"temoin"}]
    bom["components"] = [*components, model()]
    bom["metadata"]["component"]["version"] = version
    kept = {c["bom-ref"] for c in bom["components"]} | {bom["metadata"]["component"]["bom-ref"]}
    bom["dependencies"] = [
        {**each, "dependsOn": [ref for ref in each.get("dependsOn", []) if ref in kept]}
        for each in bom.get("dependencies", [])
        if each["ref"] in kept
    ]
    written = json.dumps(bom, indent=1, ensure_ascii=False) + "\n"
    if wrong := JsonStrictValidator(SchemaVersion.V1_6).validate_str(written):
        raise ValueError(str(wrong))
    path = DIST / f"temoin-{version}.cdx.json"
    path.write_text(written, encoding="utf-8")
    return path


def model() -> dict[str, object]:
    """The extraction model as a component."""
    card = json.loads((MODEL / "card.json").read_text(encoding="utf-8"))
    name = str(card["name"])
    files = [
        {
            "type": "file",
            "bom-ref": f"model/{path.name}",
            "name": path.name,
            "hashes": [{"alg": "SHA-256", "content": digest(path)}],
        }
        for path in sorted(MODEL.iterdir())
        if path.is_file() and path.suffix != ".py"
    ]
    return {
        "type": "machine-learning-model",
        "bom-ref": "model",
        "name": name,
        "version": str(card["commit"]),
        "description": f"{card['encoder']}; {card['licence']}",
        "licenses": [{"license": {"id": "Apache-2.0"}}],
        "components": files,
    }


def hashes() -> Path:
    """Write the hashes of what is released; where they are."""
    released = sorted(path for path in DIST.iterdir() if path.suffix in {".whl", ".gz", ".json"})
    path = DIST / "SHA256SUMS"
    path.write_text("".join(f"{digest(each)}  {each.name}\n" for each in released))
    return path


def digest(path: Path) -> str:
    """A file's SHA-256."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def main() -> int:
    """Write what is named."""
    path = {"sbom": sbom, "hashes": hashes}[sys.argv[1]]()
    sys.stdout.write(f"{path.relative_to(ROOT)}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
