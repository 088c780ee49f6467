package headrace.jobs

import org.apache.spark.sql.streaming.Trigger

/**
 * What both jobs are told on the command line.
 *
 * @param brokers addresses of Kafka, `HOST:PORT` separated by commas
 * @param topic topic that is read from its beginning
 * @param output path or URL of the table, in any file system that Spark knows
 * @param trigger all that is in the topic now, or a batch every ten seconds until the job is ended
 * @param checkpoint where the job keeps its place in the topic; one that exists is gone on from
 */
final case class JobArguments(
    brokers: String,
    topic: String,
    output: String,
    trigger: Trigger,
    checkpoint: String
)

object JobArguments {
  val UsageStatus = 2

  private val Usage =
    "BROKERS TOPIC OUTPUT [--mode available-now|continuous] [--checkpoint PATH]"
  private val Triggers = Map(
    "available-now" -> Trigger.AvailableNow(),
    "continuous" -> Trigger.ProcessingTime("10 seconds")
  )

  /** The arguments, or one line on standard error and exit status 2. */
  def orExit(job: String, args: Array[String]): JobArguments =
    parse(args) match {
      case Right(arguments) => arguments
      case Left(mistake) =>
        Console.err.println(s"$job: $mistake. Usage: $job $Usage")
        sys.exit(UsageStatus)
    }

  /** The arguments, or what is wrong with them. */
  def parse(args: Array[String]): Either[String, JobArguments] =
    for {
      words <- read(args.toList.flatMap(splitOption), Nil, Map.empty)
      (places, options) = words
      required <- places match {
        case List(brokers, topic, output) => Right((brokers, topic, output))
        case _ => Left(s"3 arguments are needed, not ${places.size}")
      }
      (brokers, topic, output) = required
      mode = options.getOrElse("--mode", "available-now")
      trigger <- Triggers.get(mode).toRight(s"--mode must be one of ${Triggers.keys.mkString(", ")}, not $mode")
      checkpoint = options.getOrElse("--checkpoint", s"${output.stripSuffix("/")}-checkpoint")
    } yield JobArguments(brokers, topic, output, trigger, checkpoint)

  private type Words = (List[String], Map[String, String])

  private def splitOption(word: String): Seq[String] =
    if (word.startsWith("--")) word.split("=", 2).toSeq else Seq(word)

  @annotation.tailrec
  private def read(
      rest: List[String],
      places: List[String],
      options: Map[String, String]
  ): Either[String, Words] =
    rest match {
      case Nil => Right((places, options))
      case ("--mode" | "--checkpoint") :: Nil => Left(s"${rest.head} needs a value")
      case (name @ ("--mode" | "--checkpoint")) :: value :: more =>
        read(more, places, options + (name -> value))
      case name :: _ if name.startsWith("-") => Left(s"there is no option $name")
      case place :: more => read(more, places :+ place, options)
    }
}
