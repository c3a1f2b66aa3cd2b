"""The library: map records to a graph, reason, validate, query, measure and find gaps."""
