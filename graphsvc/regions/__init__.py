"""Region views: what a coordinator asks of startup alliances, ecosystem agreements, RDI environments, procurements."""
