"""The Spark driver of one session of the local gateway: a Python process with a JVM beside it."""
