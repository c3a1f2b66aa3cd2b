"""The matrices: sector by sector, and theme by sector, with the gaps."""
