"""The ecosystems that are shipped with the package."""
