"""YAML claims and blocks in; policy briefs that can prove every number out."""
