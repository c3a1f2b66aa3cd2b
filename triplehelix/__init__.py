"""The application: the command line, the pipeline, the pages and the map."""

__version__ = "0.1.0"
