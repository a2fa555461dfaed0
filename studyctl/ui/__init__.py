"""Values to screens."""
