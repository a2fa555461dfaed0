"""Against the real thing: Anki, MathJax, a browser, a terminal."""
