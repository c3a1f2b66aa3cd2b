"""Measures and gaps as they are asked for: within a scope, by name, as JSON that others read."""
