"""Answers: what a question gave, as rows, as a data frame, as a table of a notebook, as a chart."""
