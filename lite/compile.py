"""Makes the wheels in /wheels quick to import: compile.mjs runs this, in the Python that the site will run.

Modules are compiled, so that no browser has to do it at each visit. Left out is jedi's knowledge of packages that the
site has not got: four thousand files to unpack.
"""

import zipfile
from pathlib import Path
from py_compile import PycInvalidationMode, compile  # noqa: A004

LEFT_OUT = ("jedi/third_party/django-stubs/", "jedi/third_party/typeshed/stubs/")
SOURCE, COMPILED = Path("/tmp/module.py"), Path("/tmp/module.pyc")

for path in sorted(Path("/wheels").glob("*.whl")):
    with zipfile.ZipFile(path) as wheel:
        files = {name: wheel.read(name) for name in wheel.namelist() if not name.startswith(LEFT_OUT)}
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as wheel:
        for name, content in files.items():
            if name.endswith(".py"):
                SOURCE.write_bytes(content)
                mode = PycInvalidationMode.UNCHECKED_HASH
                compile(str(SOURCE), str(COMPILED), dfile=name, doraise=True, invalidation_mode=mode)
                wheel.writestr(zipfile.ZipInfo(name + "c"), COMPILED.read_bytes(), zipfile.ZIP_DEFLATED)
            else:
                wheel.writestr(zipfile.ZipInfo(name), content, zipfile.ZIP_DEFLATED)
