"""The pages of records, one for each, and the reference of the ontology with a picture of it."""
