"""What the design bounds, measured: ``python -m benchmarks`` prints one table."""
