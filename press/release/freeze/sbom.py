"""Write the bill of materials: the locked packages, as CycloneDX."""

import json
from collections.abc import Mapping

from cyclonedx.model.bom import Bom
from cyclonedx.model.component import Component, ComponentType
from cyclonedx.output import make_outputter
from cyclonedx.schema import OutputFormat, SchemaVersion
from packageurl import PackageURL

ROOT = "press"


def bill(versions: Mapping[str, str]) -> bytes:
    """Return the bill of Press and its packages, without the number and time that the library invents."""
    components = [
        Component(
            name=name,
            version=number,
            bom_ref=f"pypi:{name}",
            type=ComponentType.LIBRARY,
            purl=PackageURL("pypi", name=name, version=number),
        )
        for name, number in sorted(versions.items())
        if name not in {ROOT, "python"}
    ]
    bom = Bom(components=components)
    own = Component(name=ROOT, version=versions[ROOT], bom_ref=ROOT, type=ComponentType.APPLICATION)
    bom.metadata.component = own
    bom.register_dependency(own, components)
    text = make_outputter(bom, OutputFormat.JSON, SchemaVersion.V1_6).output_as_string()
    value = json.loads(text)
    del value["serialNumber"], value["metadata"]["timestamp"]
    return (json.dumps(value, ensure_ascii=False, indent=1, sort_keys=True) + "\n").encode()
