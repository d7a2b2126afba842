package io.cloudlet.standalone.bench;

import io.cloudlet.sidecar.image.CloudletException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/** Watches the heap of an operator, by its own metrics. Thread-safe. */
final class HeapWatch implements AutoCloseable {
  private static final Duration INTERVAL = Duration.ofSeconds(2);

  private final LoadedOperator operator;
  private final AtomicLong peak = new AtomicLong();
  private final Thread sampler;

  HeapWatch(LoadedOperator operator) {
    this.operator = operator;
    this.sampler = Thread.ofVirtual().name("heap-watch").start(this::sample);
  }

  private void sample() {
    try {
      while (true) {
        used();
        Thread.sleep(INTERVAL);
      }
    } catch (IOException | InterruptedException e) {
      // The operator has ended, or the watch over it.
    }
  }

  private long used() throws IOException {
    long bytes =
        (long)
            operator
                .read()
                .sum("jvm_memory_used_bytes", sample -> sample.label("area").equals("heap"));
    if (bytes == 0) {
      throw new CloudletException("the operator's metrics say nothing about its heap");
    }
    peak.accumulateAndGet(bytes, Math::max);
    return bytes;
  }

  /** The most that was seen, garbage included, in bytes. */
  long peak() {
    return peak.get();
  }

  /** What is in use when garbage has been collected, in bytes. */
  long afterCollection() throws IOException {
    Path jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd");
    Process process =
        new ProcessBuilder(jcmd.toString(), Long.toString(operator.pid()), "GC.run")
            .redirectErrorStream(true)
            .start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    try {
      if (!process.waitFor(30, TimeUnit.SECONDS) || process.exitValue() != 0) {
        throw new CloudletException("jcmd cannot collect the operator's garbage: " + said);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new java.io.InterruptedIOException("interrupted");
    }
    return used();
  }

  @Override
  public void close() {
    sampler.interrupt();
  }
}
