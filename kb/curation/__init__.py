"""What people decide about the graph: with reason, author and time, and reversible."""
