"""The dialogue between the parties: alternatives compared, priced and explained on the same numbers."""
