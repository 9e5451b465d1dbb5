"""Builds the wheel and the sdist without any package of others, and the same bytes each time (PEP 517)."""

import base64
import gzip
import hashlib
import io
import re
import sys
import tarfile
import tomllib
import zipfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
OF_THE_SDIST = ("pyproject.toml", "README.md", "LICENSE", "CHANGELOG.md", "build_backend", "src", "tests")
EPOCH = (1980, 1, 1, 0, 0, 0)


def project():
    return tomllib.loads((ROOT / "pyproject.toml").read_text("utf8"))["project"]


def version():
    """The version in the normal spelling, which file names and metadata must have: 1.1.0rc1 for 1.1.0-rc.1."""
    return re.sub(r"[-.]?(a|b|rc)\.?(\d+)$", r"\1\2", project()["version"])


def file_base():
    return f"{project()['name'].replace('-', '_')}-{version()}"


def metadata():
    about = project()
    lines = [
        "Metadata-Version: 2.1",
        f"Name: {about['name']}",
        f"Version: {version()}",
        f"Summary: {about['description']}",
        f"License: {about['license']}",
        f"Requires-Python: {about['requires-python']}",
        *(f"Requires-Dist: {one}" for one in about.get("dependencies", [])),
        "Description-Content-Type: text/markdown",
        "",
        (ROOT / "README.md").read_text("utf8"),
    ]
    return "\n".join(lines)


def entry_points():
    points = [f"{name} = {place}" for name, place in project().get("scripts", {}).items()]
    return "\n".join(["[console_scripts]", *points, ""])


def sources(*tops):
    """The files below some folders in a fixed order, without what Python leaves there."""
    found = []
    for top in tops:
        path = ROOT / top
        found += [path] if path.is_file() else [each for each in path.rglob("*") if each.is_file()]
    return sorted(each for each in found if "__pycache__" not in each.parts)


def build_wheel(wheel_directory, config_settings=None, metadata_directory=None):
    info = f"{file_base()}.dist-info"
    files = {str(path.relative_to(ROOT / "src")): path.read_bytes() for path in sources("src")}
    files[f"{info}/METADATA"] = metadata().encode()
    files[f"{info}/WHEEL"] = b"Wheel-Version: 1.0\nGenerator: build_backend\nRoot-Is-Purelib: true\nTag: py3-none-any\n"
    files[f"{info}/entry_points.txt"] = entry_points().encode()
    files[f"{info}/LICENSE"] = (ROOT / "LICENSE").read_bytes()
    record = "".join(f"{name},sha256={digest(content)},{len(content)}\n" for name, content in files.items())
    files[f"{info}/RECORD"] = f"{record}{info}/RECORD,,\n".encode()
    name = f"{file_base()}-py3-none-any.whl"
    with zipfile.ZipFile(Path(wheel_directory) / name, "w", zipfile.ZIP_DEFLATED) as wheel:
        for path, content in files.items():
            entry = zipfile.ZipInfo(path, EPOCH)
            entry.external_attr = 0o644 << 16
            entry.compress_type = zipfile.ZIP_DEFLATED
            wheel.writestr(entry, content)
    return name


def digest(content):
    return base64.urlsafe_b64encode(hashlib.sha256(content).digest()).rstrip(b"=").decode()


def build_sdist(sdist_directory, config_settings=None):
    base = file_base()
    packed = io.BytesIO()
    with tarfile.open(fileobj=packed, mode="w", format=tarfile.PAX_FORMAT) as sdist:
        add(sdist, f"{base}/PKG-INFO", metadata().encode())
        for path in sources(*OF_THE_SDIST):
            add(sdist, f"{base}/{path.relative_to(ROOT)}", path.read_bytes())
    name = f"{base}.tar.gz"
    (Path(sdist_directory) / name).write_bytes(gzip.compress(packed.getvalue(), mtime=0))
    return name


def add(sdist, path, content):
    entry = tarfile.TarInfo(path)
    entry.size = len(content)
    entry.mode = 0o644
    sdist.addfile(entry, io.BytesIO(content))


if __name__ == "__main__":
    target = Path(sys.argv[1])
    target.mkdir(parents=True, exist_ok=True)
    print(build_wheel(target), build_sdist(target), sep="\n")
