#!/usr/bin/env python3
"""Writes docs/schemas from openapi.json and the schema of contest files, as GET /v1/schemas/{name} answers them.

Run it after a change of Sources/EntryServer/Resources; a test compares the files with the answers.
"""
import json
import pathlib

ROOT = pathlib.Path(__file__).resolve().parent.parent
RESOURCES = ROOT / "Sources/EntryServer/Resources"
COMPONENTS = {"report": "Report", "facts": "Facts", "entry": "Entry"}


def moved(value, used):
    """The value with its references pointing into `$defs`; adds the names that it refers to."""
    if isinstance(value, list):
        return [moved(item, used) for item in value]
    if not isinstance(value, dict):
        return value
    result = {key: moved(item, used) for key, item in value.items()}
    if isinstance(value.get("$ref"), str):
        name = value["$ref"].rsplit("/", 1)[1]
        used.add(name)
        result["$ref"] = f"#/$defs/{name}"
    return result


def schema(name, component, schemas):
    """The schema of one component with everything that it refers to."""
    definitions, waiting = {}, {component}
    while waiting:
        next_one = waiting.pop()
        used = set()
        definitions[next_one] = moved(schemas[next_one], used)
        waiting |= used - set(definitions)
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": f"urn:clipcheck:schema:{name}:1",
        "title": f"clipcheck.{name}/1",
        "$ref": f"#/$defs/{component}",
        "$defs": dict(sorted(definitions.items())),
    }


def main():
    """Writes the four files."""
    schemas = json.loads((RESOURCES / "openapi.json").read_text())["components"]["schemas"]
    documents = {name: schema(name, component, schemas) for name, component in COMPONENTS.items()}
    documents["contest"] = json.loads((RESOURCES / "contest.schema.json").read_text())
    folder = ROOT / "docs/schemas"
    folder.mkdir(exist_ok=True)
    for name, document in documents.items():
        text = json.dumps(document, indent=1, ensure_ascii=False)
        (folder / f"{name}.schema.json").write_text(text + "\n")


if __name__ == "__main__":
    main()
