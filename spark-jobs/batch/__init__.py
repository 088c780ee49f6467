"""Runs one batch, a Python file or a class of a jar, by Spark's own submission in its own JVM."""
