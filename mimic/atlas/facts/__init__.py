"""What is true: states, teams, and the others that bear their names."""
