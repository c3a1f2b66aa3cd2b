"""The ontology: Turtle files only."""
