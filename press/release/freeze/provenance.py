"""Write the manifest of a release and its provenance.

Neither says more than is known: no time, no host, and no one who vouches for the machine.
"""

import json
from collections.abc import Iterable, Mapping
from typing import Any

from press.release.freeze.git_state import Tree
from press.release.freeze.made_from import Inputs
from press.release.shelf import SCHEMA

BUILD_TYPE = "urn:x-press:release:1"  # docs/releases.md says what these mean
BUILDER = "urn:x-press:unattested-run"
BILL = "sbom.json"
PROVENANCE = "provenance.json"


def written(value: object) -> bytes:
    """Return *value* as JSON."""
    return (json.dumps(value, ensure_ascii=False, indent=1) + "\n").encode()


def manifest(release: str, facts: Mapping[str, Any], files: Iterable[Mapping[str, Any]]) -> bytes:
    """Return the manifest of *release*: its facts, then its *files* by path."""
    head = {"schema": SCHEMA, "kind": "release", "release": release, **facts}
    return written({**head, "files": sorted(files, key=lambda file: str(file["path"]))})


def sources(inputs: Inputs, tree: Tree) -> dict[str, Any]:
    """Return what the manifest says of the inputs."""
    listed = [{"path": name, "sha256": digest} for name, digest in inputs.digests.items()]
    return {"tree": tree.as_json(), "tools": inputs.tools, "inputs": listed}


def provenance(
    release: str, asked: Mapping[str, bool], inputs: Inputs, tree: Tree, files: Mapping[str, str]
) -> bytes:
    """Return an in-toto statement, with the predicate of SLSA, on *files*, their digests by path."""
    made_of = [
        {"name": name, "digest": {"sha256": digest}} for name, digest in inputs.digests.items()
    ]
    if tree.commit and not tree.uncommitted:
        made_of.insert(0, {"name": "git commit", "digest": {"gitCommit": tree.commit}})
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
