package io.cloudlet.sidecar.cli;

import io.cloudlet.sidecar.node.Progress;
import java.io.PrintStream;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/** Progress as one line that is drawn again and again: share, rate, and the time that is left. */
final class TerminalProgress implements Progress {
  private static final Duration FRAME = Duration.ofMillis(120);
  private static final int BAR = 24;
  private static final String CLEAR = "\r\033[K";

  private final PrintStream out;

  TerminalProgress(PrintStream out) {
    this.out = out;
  }

  @Override
  public Stage begin(String what, long total) {
    return new Line(what, total);
  }

  /** One stage, with a thread that draws, so that waiting shows its time too. */
  private final class Line implements Stage {
    private final String what;
    private final long total;
    private final long start = System.nanoTime();
    private final AtomicLong done = new AtomicLong();
    private final Thread painter;
    private volatile boolean closed;

    private Line(String what, long total) {
      this.what = what;
      this.total = total;
      painter = Thread.ofVirtual().name("progress").start(this::paint);
    }

    private void paint() {
      while (!closed) {
        draw();
        LockSupport.parkNanos(FRAME.toNanos());
      }
    }

    @Override
    public void advance(long bytes) {
      done.addAndGet(bytes);
    }

    private void draw() {
      Duration time = Duration.ofNanos(System.nanoTime() - start);
      String line = total > 0 ? bar(done.get(), time) : open(done.get(), time);
      out.print(CLEAR + line);
      out.flush();
    }

    private String bar(long now, Duration time) {
      double share = Math.min(1.0, (double) now / total);
      int full = (int) (share * BAR);
      String left = "";
      if (now > 0 && share < 1) {
        Duration rest = Duration.ofNanos((long) (time.toNanos() * (1 - share) / share));
        left = ", " + Amount.time(rest) + " left";
      }
      return String.format(
          Locale.ROOT,
          "%-22s [%s%s] %3.0f%%  %s%s",
          what,
          "#".repeat(full),
          " ".repeat(BAR - full),
          share * 100,
          Amount.rate(now, time),
          left);
    }

    private String open(long now, Duration time) {
      String size = now > 0 ? "  " + Amount.bytes(now) + "  " + Amount.rate(now, time) : "";
      return String.format(Locale.ROOT, "%-22s %s%s", what, Amount.time(time), size);
    }

    @Override
    public void close() {
      closed = true;
      LockSupport.unpark(painter);
      joinPainter();
      Duration time = Duration.ofNanos(System.nanoTime() - start);
      String size = done.get() > 0 ? Amount.bytes(done.get()) + " in " : "";
      out.println(CLEAR + String.format(Locale.ROOT, "%-22s %s%s", what, size, Amount.time(time)));
    }

    private void joinPainter() {
      boolean interrupted = Thread.interrupted();
      try {
        painter.join();
      } catch (InterruptedException e) {
        interrupted = true;
      }
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
