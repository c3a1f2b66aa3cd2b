"""The pages that ask: the library of questions as forms, and a SPARQL editor."""
