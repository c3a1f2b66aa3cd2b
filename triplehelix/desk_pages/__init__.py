"""The page of the agreement desk: the work list of every host, deadlines and follow-up."""
