package io.cloudlet.sidecar.cli;

import io.cloudlet.sidecar.node.Progress;
import java.io.PrintStream;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

/** Progress as plain lines: one when a stage ends, and some on the way when it takes long. */
final class LineProgress implements Progress {
  private static final Duration INTERVAL = Duration.ofSeconds(5);

  private final PrintStream out;

  LineProgress(PrintStream out) {
    this.out = out;
  }

  @Override
  public Stage begin(String what, long total) {
    return new Lines(what, total);
  }

  private final class Lines implements Stage {
    private final String what;
    private final long total;
    private final long start = System.nanoTime();
    private final AtomicLong done = new AtomicLong();
    private final AtomicLong next = new AtomicLong(start + INTERVAL.toNanos());

    private Lines(String what, long total) {
      this.what = what;
      this.total = total;
    }

    @Override
    public void advance(long bytes) {
      long sum = done.addAndGet(bytes);
      long due = next.get();
      long now = System.nanoTime();
      if (now - due >= 0 && next.compareAndSet(due, now + INTERVAL.toNanos())) {
        String share = total > 0 ? " of " + Amount.bytes(total) : "";
        out.println(what + ": " + Amount.bytes(sum) + share);
      }
    }

    @Override
    public void close() {
      Duration time = Duration.ofNanos(System.nanoTime() - start);
      String size = done.get() > 0 ? Amount.bytes(done.get()) + " in " : "";
      out.println(what + ": " + size + Amount.time(time));
    }
  }
}
