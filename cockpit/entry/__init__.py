"""What sellers type, read into exact values: amounts, lengths, moments, names and verbs."""
