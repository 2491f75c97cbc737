"""What the world already holds: training molecules and drugs. Below the rooms that propose, score and search."""
