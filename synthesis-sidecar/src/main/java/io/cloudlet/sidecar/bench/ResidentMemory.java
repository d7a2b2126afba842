package io.cloudlet.sidecar.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The most memory that a process has had for itself while this was open: heap, stacks, buffers, but
 * not mapped files. The kernel keeps no such maximum, so it is sampled. Linux only. Thread-safe.
 */
public final class ResidentMemory implements AutoCloseable {
  private static final Duration INTERVAL = Duration.ofMillis(20);
  private static final Duration END = Duration.ofSeconds(5);

  private final Path status;
  private final AtomicLong peak = new AtomicLong();
  private final Thread sampler;

  /** Begins to watch a process. */
  ResidentMemory(long pid) {
    status = Path.of("/proc", Long.toString(pid), "status");
    sampler = Thread.ofPlatform().daemon().name("resident-memory").start(this::sample);
  }

  /** Bytes, 0 when the process was never seen. */
  long peak() {
    return peak.get();
  }

  @Override
  public void close() {
    sampler.interrupt();
    try {
      sampler.join(END);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void sample() {
    try {
      while (true) {
        peak.accumulateAndGet(anonymousBytes(Files.readString(status)), Math::max);
        Thread.sleep(INTERVAL);
      }
    } catch (IOException | InterruptedException e) {
      // The process has ended, or the watch over it.
    }
  }

  /** Reads the kernel's own account, {@code RssAnon: 1234 kB}; 0 for a process that ends. */
  public static long anonymousBytes(String status) {
    return status
        .lines()
        .filter(line -> line.startsWith("RssAnon:"))
        .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")) << 10)
        .findFirst()
        .orElse(0);
  }
}
