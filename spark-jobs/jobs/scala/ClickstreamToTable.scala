package headrace.jobs

import org.apache.spark.sql.{DataFrame, SparkSession}
import org.apache.spark.sql.functions.{col, count, from_csv, lit, when}
import org.apache.spark.sql.types.StructType

/**
 * Appends the visits of a topic, CSV records `recordtime,eventid,url,ip`, to a table. Records that do not
 * parse stay in the topic; the job says how many they are.
 */
object ClickstreamToTable {
  private val Corrupt = "_corrupt"
  private val Record = StructType.fromDDL(
    s"recordtime BIGINT, eventid BIGINT, url STRING, ip STRING, $Corrupt STRING"
  )
  private val Options = Map("mode" -> "PERMISSIVE", "columnNameOfCorruptRecord" -> Corrupt)
  private val isBad = col("record").isNull || col(s"record.$Corrupt").isNotNull

  def main(args: Array[String]): Unit = {
    val arguments = JobArguments.orExit("ClickstreamToTable", args)
    val spark = SparkSession.builder().getOrCreate()
    try {
      spark.streams.addListener(new RecordCounter)
      val query = visits(KafkaTopic.lines(spark, arguments)).writeStream
        .format("parquet")
        .option("checkpointLocation", arguments.checkpoint)
        .trigger(arguments.trigger)
        .start(arguments.output)
      query.awaitTermination()
    } finally spark.stop() // Waits for the listener, so that the last count is printed.
  }

  /** From CSV records in `value` to the columns of the table; what is left out is counted on the way. */
  def visits(lines: DataFrame): DataFrame =
    lines
      .select(from_csv(col("value"), Record, Options).as("record"))
      .observe(
        RecordCounter.Metric,
        count(lit(1)).as(RecordCounter.Read),
        count(when(isBad, 1)).as(RecordCounter.Bad)
      )
      .where(!isBad)
      .selectExpr(
        "timestamp_millis(record.recordtime) AS recordtime",
        "record.eventid",
        "record.url",
        "record.ip"
      )
}
