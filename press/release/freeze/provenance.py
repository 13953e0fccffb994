"""Write the manifest of a release and its provenance.

Neither says more than is known: no time, no host, and no one who vouches for the machine.
"""

import json
from collections.abc import Iterable, Mapping
from typing import Any

from press.release.freeze.git_state import Tree
from press.release.freeze.made_from import Inputs
from press.release.shelf import SCHEMA, UNPUBLISHED

BUILD_TYPE = "urn:x-press:release:1"  # docs/releases.md says what these mean
BUILDER = "urn:x-press:unattested-run"
BILL = "sbom.json"
PROVENANCE = "provenance.json"
WHY = b"""This folder is not published: inputs.json names the files of all audiences.
manifest.json and provenance.json have their digests.
"""


def written(value: object) -> bytes:
    """Return *value* as JSON."""
    return (json.dumps(value, ensure_ascii=False, indent=1) + "\n").encode()


def manifest(release: str, facts: Mapping[str, Any], files: Iterable[Mapping[str, Any]]) -> bytes:
    """Return the manifest of *release*: its facts, then its *files* by path."""
    head = {"schema": SCHEMA, "kind": "release", "release": release, **facts}
    return written({**head, "files": sorted(files, key=lambda file: str(file["path"]))})


def sources(
    inputs: Inputs, trees: Mapping[str, Tree], warnings: Iterable[dict[str, Any]]
) -> dict[str, Any]:
    """Return what the manifest says of the inputs: digests, since their names tell of other audiences."""
    known = inputs.digests
    states = {name: tree.as_json() for name, tree in trees.items()}
    for state in states.values():
        state["uncommitted"] = [known.get(name, "") for name in state["uncommitted"]]
    listed = [{"sha256": digest} for digest in sorted(known.values())]
    places = [{"sha256": known.get(each.pop("path"), ""), **each} for each in warnings]
    return {"warnings": places, **states, "tools": inputs.tools, "inputs": listed}


def unpublished(
    release: str, inputs: Inputs, trees: Iterable[Tree], warnings: list[dict[str, Any]]
) -> dict[str, bytes]:
    """Return the files that stay in the release's own folder: what `sources` says, by name."""
    facts = {
        "release": release,
        "uncommitted": [name for tree in trees for name in tree.as_json()["uncommitted"]],
        "warnings": warnings,
        "inputs": [{"path": name, "sha256": digest} for name, digest in inputs.digests.items()],
    }
    return {f"{UNPUBLISHED}/inputs.json": written(facts), f"{UNPUBLISHED}/read-me.txt": WHY}


def provenance(
    release: str,
    asked: Mapping[str, bool],
    inputs: Inputs,
    trees: Iterable[Tree],
    files: Mapping[str, str],
) -> bytes:
    """Return an in-toto statement, with the predicate of SLSA, on *files*, their digests by path.

    The *trees* are those of the series and of Press.
    """
    made_of: list[dict[str, Any]] = [
        {"digest": {"sha256": digest}} for digest in sorted(inputs.digests.values())
    ]
    names = ("git commit", "git commit of Press")
    made_of[:0] = [
        {"name": name, "digest": {"gitCommit": tree.commit}}
        for name, tree in zip(names, trees, strict=True)
        if tree.commit and not tree.uncommitted
    ]
    definition = {
        "buildType": BUILD_TYPE,
        "externalParameters": {"release": release, **asked},
        "resolvedDependencies": made_of,
    }
    run = {"builder": {"id": BUILDER, "version": {"press": inputs.tools["press"]}}}
    return written(
        {
            "_type": "https://in-toto.io/Statement/v1",
            "subject": [
                {"name": name, "digest": {"sha256": digest}}
                for name, digest in sorted(files.items())
            ],
            "predicateType": "https://slsa.dev/provenance/v1",
            "predicate": {"buildDefinition": definition, "runDetails": run},
        }
    )
