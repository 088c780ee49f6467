package headrace.jobs

import org.apache.spark.sql.DataFrame
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

  def main(args: Array[String]): Unit =
    StreamingJob.run("ClickstreamToTable", args) { (lines, arguments) =>
      lines.sparkSession.streams.addListener(new RecordCounter)
      visits(lines).writeStream
        .format("parquet")
        .option("checkpointLocation", arguments.checkpoint)
        .trigger(arguments.trigger)
        .start(arguments.output)
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
