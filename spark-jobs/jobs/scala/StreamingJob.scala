package headrace.jobs

import org.apache.spark.sql.{DataFrame, SparkSession}
import org.apache.spark.sql.streaming.{StreamingQuery, StreamingQueryException}

/** The course of a job that runs one streaming query over one Kafka topic. */
object StreamingJob {
  private val FailureStatus = 1
  private val KafkaSettings = "spark.headrace.kafka."

  /**
   * Starts the query and stays until it ends. Wrong arguments and a query that fails are one line on
   * standard error and a status that is not 0.
   *
   * @param start from the values of the topic's records, one column `value`, to the running query
   */
  def run(job: String, args: Array[String])(
      start: (DataFrame, JobArguments) => StreamingQuery
  ): Unit = {
    val arguments = JobArguments.orExit(job, args)
    val spark = SparkSession.builder().getOrCreate()
    val failure =
      try {
        start(lines(spark, arguments), arguments).awaitTermination()
        None
      } catch { case error: StreamingQueryException => Some(error.getMessage.takeWhile(_ != '\n')) }
      finally spark.stop() // Waits for listeners, so that all that they say is said.
    failure.foreach { reason =>
      Console.err.println(s"$job: $reason")
      sys.exit(FailureStatus)
    }
  }

  /** How to log in to Kafka, of the settings of Spark that begin `spark.headrace.kafka.`. */
  private def kafkaOptions(settings: Map[String, String]): Map[String, String] =
    settings.collect {
      case (name, value) if name.startsWith(KafkaSettings) => name.stripPrefix(KafkaSettings) -> value
    }

  /** The records from the oldest that Kafka still has. */
  private def lines(spark: SparkSession, arguments: JobArguments): DataFrame =
    spark.readStream
      .format("kafka")
      .options(kafkaOptions(spark.conf.getAll))
      .option("kafka.bootstrap.servers", arguments.brokers)
      .option("subscribe", arguments.topic)
      .option("startingOffsets", "earliest")
      .load()
      .selectExpr("CAST(value AS STRING) AS value")
}
