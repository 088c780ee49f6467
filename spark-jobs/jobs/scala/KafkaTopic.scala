package headrace.jobs

import org.apache.spark.sql.{DataFrame, SparkSession}

object KafkaTopic {

  /** The values of a topic's records as text, one column `value`, from the oldest that Kafka still has. */
  def lines(spark: SparkSession, arguments: JobArguments): DataFrame =
    spark.readStream
      .format("kafka")
      .option("kafka.bootstrap.servers", arguments.brokers)
      .option("subscribe", arguments.topic)
      .option("startingOffsets", "earliest")
      .load()
      .selectExpr("CAST(value AS STRING) AS value")
}
