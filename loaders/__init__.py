"""The loaders: they read sources and yield records, and nothing else reads a source."""
