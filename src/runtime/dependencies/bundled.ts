/** Spark's own Kafka connectors, for whatever Scala; https://spark.apache.org/docs/latest/streaming/structured-streaming-kafka-integration.html */
const KAFKA_CONNECTOR =
  /^org\.apache\.spark:spark-(?:sql-kafka|streaming-kafka|token-provider-kafka)-0-10(?:-assembly)?_/;

/** Whether every session has a package already, in the release that fits its Spark. */
export function isBundled(coordinate: string): boolean {
  return KAFKA_CONNECTOR.test(coordinate);
}
