package headrace.jobs

import org.apache.spark.sql.DataFrame
import org.apache.spark.sql.functions.{asc, col, count, desc, explode, lit, split}

/** Counts the words of a topic into a table of `word` and `n`, and prints the most frequent ones. */
object WordCount {
  private val PrintedRows = 20

  def main(args: Array[String]): Unit =
    StreamingJob.run("WordCount", args) { (lines, arguments) =>
      counts(lines).writeStream
        .outputMode("complete")
        .option("checkpointLocation", arguments.checkpoint)
        .trigger(arguments.trigger)
        .foreachBatch(replaceTable(arguments.output))
        .start()
    }

  /** From lines of text in `value` to how often each word occurs. */
  def counts(lines: DataFrame): DataFrame =
    lines
      .select(explode(split(col("value"), "\\s+")).as("word"))
      .where(col("word") =!= "")
      .groupBy("word")
      .agg(count(lit(1)).as("n"))

  /** Each batch has all counts so far, so a batch that is repeated after a crash changes nothing. */
  private def replaceTable(output: String): (DataFrame, Long) => Unit = (batch, number) => {
    batch.write.mode("overwrite").parquet(output)
    println(s"batch $number, the most frequent words:")
    // Read back, because a second use of the batch would compute it a second time.
    val table = batch.sparkSession.read.parquet(output)
    table.orderBy(desc("n"), asc("word")).show(PrintedRows, truncate = false)
  }
}
