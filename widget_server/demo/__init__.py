"""The made-up month of ``threesteps demo``: an empty installation in; partners and visits out."""
