"""What a person reads on a terminal: words, help, progress, listings and their forms."""
