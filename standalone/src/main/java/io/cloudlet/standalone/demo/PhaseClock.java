package io.cloudlet.standalone.demo;

/** How long a resource was seen in one of its phases. Not thread-safe. */
final class PhaseClock implements Stagehand.PhaseListener {
  private final String phase;
  private long begin;
  private long nanos;

  PhaseClock(String phase) {
    this.phase = phase;
  }

  @Override
  public void enters(String entered) {
    long now = System.nanoTime();
    if (entered.equals(phase)) {
      begin = now;
    } else if (begin != 0 && nanos == 0) {
      nanos = now - begin;
    }
  }

  /** In milliseconds; 0 when it was never seen in the phase. */
  long millis() {
    return nanos / 1_000_000;
  }
}
