"""The one piece of the relay that is Java.

A record takes some ten messages between Python and the JVM when Python makes it, which was
measured to allow 300 records a second. So a class takes all records of a call as one text. Spark
compiles the code of its queries with Janino, which is therefore there, whatever else is.
"""

from __future__ import annotations

from typing import Any

_CLASS = "HeadraceSender"
# Janino knows Java without inference: raw types and plain loops.
_SOURCE = """
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.internals.RecordHeader;

public class HeadraceSender {
  private final ObjectMapper mapper = new ObjectMapper();
  private Throwable failure;

  /** How many records were acknowledged before the first that was not. */
  public int send(Producer producer, String topic, String records) throws Exception {
    List all = (List) mapper.readValue(records, List.class);
    List futures = new ArrayList();
    for (int i = 0; i < all.size(); i++) {
      futures.add(producer.send(record(topic, (Map) all.get(i))));
    }
    producer.flush();
    failure = null;
    for (int i = 0; i < futures.size(); i++) {
      try {
        ((Future) futures.get(i)).get();
      } catch (ExecutionException error) {
        failure = error.getCause();
        return i;
      }
    }
    return futures.size();
  }

  /** Why the last send stopped; null where it did not. */
  public Throwable failure() {
    return failure;
  }

  private ProducerRecord record(String topic, Map from) {
    Number partition = (Number) from.get("partition");
    Number timestamp = (Number) from.get("timestamp");
    return new ProducerRecord(
        topic,
        partition == null ? null : Integer.valueOf(partition.intValue()),
        timestamp == null ? null : Long.valueOf(timestamp.longValue()),
        (String) from.get("key"),
        (String) from.get("value"),
        headers((Map) from.get("headers")));
  }

  private List headers(Map from) {
    List made = new ArrayList();
    if (from == null) return made;
    Iterator entries = from.entrySet().iterator();
    while (entries.hasNext()) {
      Map.Entry entry = (Map.Entry) entries.next();
      byte[] value = ((String) entry.getValue()).getBytes(StandardCharsets.UTF_8);
      made.add(new RecordHeader((String) entry.getKey(), value));
    }
    return made;
  }
}
"""


def compile_sender(jvm: Any) -> Any:
    """An object of the class, which may be used by one thread at a time."""
    compiler = jvm.org.codehaus.janino.SimpleCompiler()
    # Connectors that a session was given are known to the loader of its thread only.
    compiler.setParentClassLoader(jvm.java.lang.Thread.currentThread().getContextClassLoader())
    compiler.cook(_SOURCE)
    return compiler.getClassLoader().loadClass(_CLASS).newInstance()
