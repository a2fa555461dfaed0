"""The words and the rules: pure functions on frozen values."""
