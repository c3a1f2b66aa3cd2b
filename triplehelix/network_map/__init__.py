"""The network map: its data, its layout, and the pyvis network that draws it."""
