"""Show what a reader would see changed between two releases, a build or the content."""
