"""What the publishers say today in, a new version of the installation's roster out."""
