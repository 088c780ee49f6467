import { PROTOCOL_VERSION } from '../session.ts';
import type { JsonObject } from '../wire.ts';
import { defineHandler, emptyContent, type MessageHandler } from './handler.ts';

/** What clients highlight, name exported scripts and pick a parameter translator by: cells are Python. */
const LANGUAGE = {
  name: 'python',
  version: '3',
  mimetype: 'text/x-python',
  file_extension: '.py',
  pygments_lexer: 'ipython3',
  codemirror_mode: { name: 'ipython', version: 3 },
  nbconvert_exporter: 'python'
};

/** Answers `kernel_info_request`; `version` is that of this project. */
export function kernelInfoHandler(version: string): MessageHandler {
  const reply: JsonObject = {
    status: 'ok',
    protocol_version: PROTOCOL_VERSION,
    implementation: 'headrace',
    implementation_version: version,
    language_info: LANGUAGE,
    banner: `Headrace ${version}: Kafka, Spark and live views in one notebook. %help lists the magics.`,
    help_links: [
      {
        text: 'Spark Structured Streaming',
        url: 'https://spark.apache.org/docs/latest/streaming/'
      },
      { text: 'Apache Kafka', url: 'https://kafka.apache.org/documentation/' }
    ],
    debugger: false,
    supported_features: []
  };
  return defineHandler({ type: 'kernel_info_request', content: emptyContent, run: () => reply });
}
