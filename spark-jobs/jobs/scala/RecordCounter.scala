package headrace.jobs

import org.apache.spark.sql.streaming.StreamingQueryListener
import org.apache.spark.sql.streaming.StreamingQueryListener._

object RecordCounter {

  /** Name of the observation that a query makes for this listener, and of its two values. */
  val Metric = "records"
  val Read = "read"
  val Bad = "bad"
}

/** Prints, a batch at a time and at the end, how many records were read and how many did not parse. */
final class RecordCounter extends StreamingQueryListener {
  import RecordCounter._

  // Spark calls a listener from one thread only.
  private var read = 0L
  private var bad = 0L

  override def onQueryStarted(event: QueryStartedEvent): Unit = ()

  override def onQueryProgress(event: QueryProgressEvent): Unit =
    Option(event.progress.observedMetrics.get(Metric)).foreach { seen =>
      read += seen.getAs[Long](Read)
      bad += seen.getAs[Long](Bad)
      println(
        s"batch ${event.progress.batchId}: ${seen.getAs[Long](Read)} records, ${seen.getAs[Long](Bad)} did not parse"
      )
    }

  override def onQueryTerminated(event: QueryTerminatedEvent): Unit =
    println(s"in all: $read records, $bad did not parse")
}
