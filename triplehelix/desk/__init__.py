"""The agreement desk: who is to be asked for an agreement, what runs out, what was done."""
