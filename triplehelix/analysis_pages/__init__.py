"""The pages of measures: hubs, gaps by kind, money, indicators, and what changed over time."""
