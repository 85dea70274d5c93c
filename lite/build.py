"""Build the site that needs no installation: `python lite/build.py`, or `make lite`.

JupyterLite runs Python inside the browser (Pyodide). All that it runs lies in the site: Python itself, the packages,
the kit as a wheel, the lessons, the lesson view. Two kinds of site:

release   takes the few compiled packages, which PyPI has not got for browsers, from Pyodide's own server, each checked
          against the sha256 in Pyodide's lock;
test      (`--test`) puts stand-ins of ours in their place: the same lessons, slower, and nothing to publish.

Needs lite/requirements.txt in the environment that runs it, and `npm ci` in lite/ for Pyodide.
"""

from __future__ import annotations

import argparse
import base64
import hashlib
import json
import re
import shutil
import subprocess
import sys
import urllib.request
import zipfile
from importlib.util import find_spec
from pathlib import Path

from jupyterlite_pyodide_kernel.constants import PYODIDE_PYTHON_VERSION, PYODIDE_VERSION
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name, parse_wheel_filename

HERE = Path(__file__).parent
ROOT = HERE.parent
PYODIDE = HERE / "node_modules" / "pyodide"
RUNTIME = ("pyodide.mjs", "pyodide.asm.mjs", "pyodide.asm.wasm", "python_stdlib.zip")
SERVER = f"https://cdn.jsdelivr.net/pyodide/v{PYODIDE_VERSION}/full/"
# What the lessons import, with what that imports: pure Python, in the versions of requirements.lock.
PURE = (
    *("anywidget", "asttokens", "comm", "executing", "filelock", "ipython", "ipython-pygments-lexers"),
    *("ipywidgets", "jedi", "matplotlib-inline", "nltk", "parso", "prompt-toolkit", "psygnal", "pure-eval", "pygments"),
    *("segno", "stack-data", "tabulate", "tomli", "traitlets", "typing-extensions", "wcwidth"),
)
COMPILED = ("markupsafe", "regex")  # from Pyodide's server
# Pyodide's own installer, which its kernel imports, in the version that belongs to this Pyodide.
INSTALLER = "micropip==0.11.1 --hash=sha256:768de165adb8e66906039d8fec4127a57f522dfdf8e6fbff877a4616941ecfd3"
# What is put right in JupyterLite's files: what it says until the lesson is there; and its service worker. That forgets
# whether to look into what is kept once it is stopped, half a minute after the last request, and it keeps no list of
# the site's files, without which Python finds no folder to start in.
MENDED = {
    "lab/index.html": {
        "<title>JupyterLite</title>": "<title>Between the Lines</title>",
        "Loading JupyterLite...": "Opening the lesson. The first visit takes longest.",
        "JupyterLite requires JavaScript to be enabled in your browser.": "The lessons need JavaScript.",
    },
    "service-worker.js": {
        "let enableCache=!1;": 'let enableCache="true"===new URL(location.href).searchParams.get("enableCache");',
        't.pathname.includes("/api/")}': 't.pathname.includes("/api/")&&!t.pathname.endsWith("/all.json")}',
    },
}
ENVIRONMENT = {"sys_platform": "emscripten", "python_version": PYODIDE_PYTHON_VERSION, "platform_system": "Emscripten"}


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    arguments.add_argument("--test", action="store_true", help="stand-ins for compiled packages; not to be published")
    arguments.add_argument("--docs", type=Path, default=ROOT / "docs/_build/html", help="the documentation, as built")
    arguments.add_argument("-o", "--output", type=Path, default=HERE / "_site")
    chosen = arguments.parse_args()
    work = HERE / "_build"
    shutil.rmtree(work, ignore_errors=True)
    shutil.rmtree(chosen.output, ignore_errors=True)
    packages = work / "static" / "pyodide"
    packages.mkdir(parents=True)
    for name in RUNTIME:
        shutil.copy(PYODIDE / name, packages / name)
    official = json.loads((PYODIDE / "pyodide-lock.json").read_text("utf-8"))
    collect(packages, official["packages"], test=chosen.test)
    subprocess.run(["node", str(HERE / "compile.mjs"), str(packages)], check=True)
    lock = {"info": official["info"], "packages": entries(packages)}
    (packages / "pyodide-lock.json").write_text(json.dumps(lock, indent=1), "utf-8")
    lay_out(work)
    subprocess.run([*run("jupyterlite_core"), "build", "--output-dir", str(chosen.output)], cwd=work, check=True)
    shutil.copytree(chosen.docs, chosen.output / "docs", ignore=shutil.ignore_patterns(".doctrees", ".buildinfo"))
    finish(chosen.output, test=chosen.test)


def run(command: str) -> list[str]:
    """A command of the environment that runs this."""
    return [sys.executable, "-m", command]


def collect(folder: Path, official: dict[str, dict], *, test: bool) -> None:
    """Bring all wheels into a folder."""
    pins = locked((ROOT / "requirements.lock").read_text("utf-8"))
    wanted = folder / "wanted.txt"
    wanted.write_text("\n".join([INSTALLER, *(pins[name] for name in PURE)]), "utf-8")
    target = ["--only-binary", ":all:", "--python-version", PYODIDE_PYTHON_VERSION, "--platform", "any"]
    fetch = ["download", "--quiet", "--disable-pip-version-check", "--no-deps", "--require-hashes"]
    subprocess.run([*run("pip"), *fetch, *target, "--dest", str(folder), "-r", str(wanted)], check=True)
    wanted.unlink()
    own = ["wheel", "--quiet", "--disable-pip-version-check", "--no-deps", "--no-build-isolation"]
    subprocess.run([*run("pip"), *own, "--wheel-dir", str(folder), str(ROOT)], check=True)
    for name in COMPILED:
        if test:
            stand_in(name, official[name]["version"], folder)
        else:
            download(official[name], folder)


def locked(lock: str) -> dict[str, str]:
    """The lines of a requirements file, by package."""
    whole = lock.replace("\\\n", " ")
    lines = [line.split("#")[0].strip() for line in whole.splitlines() if re.match(r"[a-z0-9]", line)]
    return {line.partition("==")[0]: re.sub(r"\s+", " ", line) for line in lines}


def download(package: dict, folder: Path) -> None:
    """Fetch a wheel from Pyodide's server, if it is the one in Pyodide's lock."""
    with urllib.request.urlopen(SERVER + package["file_name"]) as answer:
        content = answer.read()
    found = hashlib.sha256(content).hexdigest()
    if found != package["sha256"]:
        raise SystemExit(f"{package['file_name']} from {SERVER} has the sha256 {found}, not {package['sha256']}.")
    (folder / package["file_name"]).write_bytes(content)


def stand_in(name: str, version: str, folder: Path) -> None:
    """A wheel in the place of a compiled package: from lite/stand_ins/, or the package's own Python."""
    own = HERE / "stand_ins" / f"{name}.py"
    files = [own] if own.exists() else sorted(Path(find_spec(name).origin).parent.glob("*.py"))
    inside = "" if own.exists() else f"{name}/"
    write_wheel(folder, name, version, {inside + file.name: file.read_text("utf-8") for file in files})


def write_wheel(folder: Path, name: str, version: str, files: dict[str, str]) -> None:
    info = f"{name}-{version}.dist-info"
    about = {
        f"{info}/METADATA": f"Metadata-Version: 2.1\nName: {name}\nVersion: {version}\nSummary: a stand-in\n",
        f"{info}/WHEEL": "Wheel-Version: 1.0\nGenerator: lite/build.py\nRoot-Is-Purelib: true\nTag: py3-none-any\n",
    }
    record = ""
    with zipfile.ZipFile(folder / f"{name}-{version}-py3-none-any.whl", "w", zipfile.ZIP_DEFLATED) as wheel:
        for path, text in (files | about).items():
            digest = base64.urlsafe_b64encode(hashlib.sha256(text.encode()).digest()).rstrip(b"=").decode()
            record += f"{path},sha256={digest},{len(text.encode())}\n"
            wheel.writestr(path, text)
        wheel.writestr(f"{info}/RECORD", f"{record}{info}/RECORD,,\n")


def entries(folder: Path) -> dict[str, dict]:
    """What Pyodide wants to know of each wheel in a folder: it loads what a cell imports.

    Each wheel gets an address that changes with it: a browser that keeps files for later never mixes two sites.
    """
    found = {}
    for wheel in sorted(folder.glob("*.whl")):
        digest = hashlib.sha256(wheel.read_bytes()).hexdigest()
        distribution, version, _, _ = parse_wheel_filename(wheel.name)
        with zipfile.ZipFile(wheel) as opened:
            files = opened.namelist()
            about = opened.read(next(name for name in files if name.endswith(".dist-info/METADATA"))).decode("utf-8")
        found[distribution] = {
            "name": distribution,
            "version": str(version),
            "file_name": f"{digest[:12]}/{wheel.name}",
            "install_dir": "site",
            "sha256": digest,
            "package_type": "package",
            "imports": sorted(set(filter(None, map(imported, files)))),
            "depends": [requirement for line in about.splitlines() for requirement in needed(line)],
            "unvendored_tests": False,
        }
        (folder / digest[:12]).mkdir()
        wheel.rename(folder / found[distribution]["file_name"])
    for package in found.values():
        package["depends"] = [name for name in package["depends"] if name in found]
    return found


def imported(file: str) -> str:
    """The name under which a file of a wheel is imported; "" if it isn't the beginning of one."""
    one = re.fullmatch(r"(\w+)(?:/__init__)?\.pyc?", file)
    return one[1] if one else ""


def needed(line: str) -> list[str]:
    """The package that a line of a wheel's metadata asks for, here in the browser."""
    if not line.startswith("Requires-Dist:"):
        return []
    requirement = Requirement(line.removeprefix("Requires-Dist:").strip())
    if requirement.marker and not requirement.marker.evaluate(ENVIRONMENT | {"extra": ""}):
        return []
    return [canonicalize_name(requirement.name)]


def lay_out(work: Path) -> None:
    """What JupyterLite builds from: the lessons, the lesson view, the settings."""
    editions: dict[str, str] = {}
    for folder in ("notebooks", "exercises"):
        (work / "content" / folder).mkdir(parents=True)
        for path in sorted((ROOT / folder).glob("*.ipynb")):
            notebook = json.loads(path.read_text("utf-8"))
            if own := notebook["metadata"].get("between_the_lines"):
                own["edition"] = editions[f"{folder}/{path.name}"] = edition(notebook)
            (work / "content" / folder / path.name).write_text(json.dumps(notebook, ensure_ascii=False), "utf-8")
    settings = json.loads((HERE / "jupyter-lite.json").read_text("utf-8"))
    # By these the lesson view sees that a browser holds a copy from an older site.
    settings["jupyter-config-data"]["betweenTheLinesEditions"] = json.dumps(editions)
    (work / "jupyter-lite.json").write_text(json.dumps(settings), "utf-8")
    shutil.copy(HERE / "jupyter_lite_config.json", work)
    shutil.copytree(ROOT / "kit/jupyter/labextensions", work / "labextensions")
    shutil.copy(ROOT / "kit/jupyter/labconfig/default_setting_overrides.json", work / "overrides.json")


def edition(notebook: dict) -> str:
    """The same for two copies of a notebook that ask and tell the same."""
    cells = [(cell["cell_type"], "".join(cell["source"]), cell["metadata"]) for cell in notebook["cells"]]
    return hashlib.sha256(json.dumps(cells).encode()).hexdigest()[:12]


def finish(site: Path, *, test: bool) -> None:
    """Mend JupyterLite's files; the start page is for people, not a list of files."""
    for name, changes in MENDED.items():
        text = (site / name).read_text("utf-8")
        for theirs, ours in changes.items():
            if text.count(theirs) != 1:
                raise SystemExit(f"JupyterLite's {name} no longer has {theirs!r} once: see MENDED in lite/build.py.")
            text = text.replace(theirs, ours)
        (site / name).write_text(text, "utf-8")
    page = (HERE / "start.html").read_text("utf-8")
    notice = "<p><strong>This copy is for tests only.</strong></p>" if test else ""
    (site / "index.html").write_text(page.replace("<!-- notice -->", notice), "utf-8")


if __name__ == "__main__":
    main()
