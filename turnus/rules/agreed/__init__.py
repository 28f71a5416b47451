"""What the parties settle with each other: weekends, runs, sequences, patterns."""
