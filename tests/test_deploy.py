"""Where the kit runs when nobody installs it: Zero to JupyterHub's values, the image, Binder, Codespaces."""

import json
import os
import re
import shutil
import subprocess
from pathlib import Path

import jsonschema
import pytest
import yaml
from conftest import ROOT

from kit.classroom.owners import owner_of
from kit.course.hand_in_drop import DROP
from kit.jupyter.lab import OFFLINE
from kit.resources import FIRST

VALUES = yaml.safe_load((ROOT / "deploy" / "z2jh" / "values.yaml").read_text("utf-8"))
SCHEMA = "Z2JH_SCHEMA"  # the environment variable that names the chart's values.schema.yaml, see deploy/README.md


def test_the_values_are_what_the_chart_takes():
    if SCHEMA not in os.environ:
        pytest.skip(f"{SCHEMA} names no schema: deploy/README.md says where it is published.")
    schema = without_required(yaml.safe_load(Path(os.environ[SCHEMA]).read_text("utf-8")))
    jsonschema.validate(VALUES, schema)
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(VALUES | {"cull": VALUES["cull"] | {"timeuot": 1}}, schema)


def without_required(schema):
    """A schema that asks for nothing: Helm fills in the chart's own values before it looks."""
    if isinstance(schema, list):
        return [without_required(one) for one in schema]
    if not isinstance(schema, dict):
        return schema
    return {name: without_required(one) for name, one in schema.items() if not _is_asked_for(name, one)}


def _is_asked_for(name, value):
    return name == "required" and isinstance(value, list)


def test_a_student_there_hands_in_as_on_one_machine():
    """The values rendered by hand: what a student's container gets."""
    student = VALUES["singleuser"]
    (mount,), (volume,) = student["storage"]["extraVolumeMounts"], student["storage"]["extraVolumes"]
    (before,) = student["initContainers"]
    assert student["extraEnv"][DROP] == mount["mountPath"]
    folder = mount["subPath"].replace("{username}", "amira")
    assert owner_of((folder, "02_who_says_so_Ben.json"), "Ben").key == "hub amira"
    assert mount["name"] == volume["name"] == before["volumeMounts"][0]["name"]
    made = f"{before['volumeMounts'][0]['mountPath']}/{mount['subPath']}"
    assert before["command"][-1].count(f"'{made}'") == 2
    assert student["image"]["name"] + ":" + student["image"]["tag"] == before["image"]
    assert student["defaultUrl"] == f"/lab/tree/{FIRST.as_posix()}"
    assert (ROOT / f"{student['cmd'][-1].replace('.', '/')}.py").is_file()


def test_it_keeps_to_the_list_and_the_limits_of_one_machine():
    who = VALUES["hub"]["config"]["Authenticator"]
    pattern = re.compile(who["username_pattern"])
    assert all(pattern.match(name) for name in who["allowed_users"])
    assert not pattern.match("amira2")
    hub = (ROOT / "deploy" / "hub" / "hub.toml").read_text("utf-8")
    assert f'memory = "{VALUES["singleuser"]["memory"]["limit"]}"' in hub
    assert f"idle_minutes = {VALUES['cull']['timeout'] // 60} " in hub


def test_the_image_gets_what_a_wheel_is_built_from_and_no_keys():
    lines = (ROOT / ".dockerignore").read_text("utf-8").splitlines()
    assert lines[0] == "**"
    assert "exercises/keys" in lines[lines.index("!exercises") :]
    asked = {line.removeprefix("!") for line in lines if line.startswith("!")}
    assert all((ROOT / name).exists() for name in asked)
    assert {"kit", "notebooks", "exercises", "seeds", "pyproject.toml", "README.md", "LICENSE"} <= asked


def test_codespaces_set_up_with_what_make_sets_up():
    container = json.loads((ROOT / ".devcontainer" / "devcontainer.json").read_text("utf-8"))
    assert container["postCreateCommand"] == "make setup"
    python = container["customizations"]["vscode"]["settings"]["python.defaultInterpreterPath"]
    assert python.endswith("/.venv/bin/python")


def test_binder_gets_what_kit_lab_tells_jupyterlab_and_no_keys(tmp_path):
    if shutil.which("bash") is None:
        pytest.skip("No bash on this machine.")
    assert os.access(ROOT / "postBuild", os.X_OK)
    shutil.copytree(ROOT / "kit" / "jupyter", tmp_path / "repo" / "kit" / "jupyter")
    (tmp_path / "repo" / "exercises" / "keys").mkdir(parents=True)
    prefix = tmp_path / "environment"
    subprocess.run(
        ["bash", ROOT / "postBuild"],
        cwd=tmp_path / "repo",
        env=os.environ | {"NB_PYTHON_PREFIX": str(prefix)},
        check=True,
        timeout=60,
    )
    found = {path.relative_to(prefix / "etc" / "jupyter").as_posix() for path in prefix.rglob("*.json")}
    ours = {path.relative_to(OFFLINE).as_posix() for path in (*OFFLINE.glob("*.json"), *OFFLINE.glob("labconfig/*"))}
    assert found == ours
    assert not (tmp_path / "repo" / "exercises" / "keys").exists()
