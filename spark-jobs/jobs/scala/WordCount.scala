package headrace.jobs

import org.apache.spark.sql.{DataFrame, SparkSession}
import org.apache.spark.sql.functions.{asc, col, count, desc, explode, lit, split}

/** Counts the words of a topic into a table of `word` and `n`, and prints the most frequent ones. */
object WordCount {
  private val PrintedRows = 20

  def main(args: Array[String]): Unit = {
    val arguments = JobArguments.orExit("WordCount", args)
    val spark = SparkSession.builder().getOrCreate()
    try {
      val query = counts(KafkaTopic.lines(spark, arguments)).writeStream
        .outputMode("complete")
        .option("checkpointLocation", arguments.checkpoint)
        .trigger(arguments.trigger)
        .foreachBatch(replaceTable(arguments.output))
        .start()
      query.awaitTermination()
    } finally spark.stop()
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
