"""The pages: what is in the graph, hubs, gaps, agreements, money and findings."""
