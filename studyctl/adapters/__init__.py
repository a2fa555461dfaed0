"""The world and its libraries: files, journal, cache, FSRS, Anki."""
