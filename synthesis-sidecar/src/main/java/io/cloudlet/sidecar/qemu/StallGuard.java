package io.cloudlet.sidecar.qemu;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.Channel;
import java.time.Duration;

/**
 * Closes a channel when its user does not say for a while that it gets on, so that no read or write
 * waits for ever. Not thread-safe, apart from its own watching thread.
 */
final class StallGuard implements AutoCloseable {
  private final Channel channel;
  private final Duration limit;
  private final Thread watcher;
  private volatile long last = System.nanoTime();
  private volatile boolean stalled;

  StallGuard(Channel channel, Duration limit) {
    this.channel = channel;
    this.limit = limit;
    this.watcher = Thread.ofVirtual().name("stall guard").start(this::watch);
  }

  /** Something moved. */
  void progress() {
    last = System.nanoTime();
  }

  /** Whether the channel was closed from here. */
  boolean stalled() {
    return stalled;
  }

  @Override
  public void close() {
    watcher.interrupt();
  }

  private void watch() {
    try {
      long left = limit.toNanos();
      while (left > 0) {
        Thread.sleep(Duration.ofNanos(left));
        left = limit.toNanos() - (System.nanoTime() - last);
      }
      stalled = true;
      channel.close();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt(); // Closed in time: nothing to watch any more.
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
