"""Kind `spark`: Scala statements through the JVM's own REPL, in the session's Spark."""
