/** Kafka for machines of one's own, the line that MSK runs too. https://kafka.apache.org/downloads */
export const KAFKA_ON_EC2_VERSION = '3.9.1';
/** The folder of the environment's bucket from which those machines fetch it. */
export const KAFKA_FOLDER = 'kafka';
/** The key of the archive, which has to be in the bucket before the Kafka layer is made: mirrors come and go. */
export const KAFKA_ARCHIVE_KEY = `${KAFKA_FOLDER}/kafka_2.13-${KAFKA_ON_EC2_VERSION}.tgz`;
