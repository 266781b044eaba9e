"""What is kept, and the one thread that writes it."""
