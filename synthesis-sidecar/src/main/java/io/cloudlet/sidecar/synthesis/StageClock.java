package io.cloudlet.sidecar.synthesis;

import java.util.concurrent.atomic.LongAdder;

/** Adds up the time that threads spend in each stage of the pipeline. Thread-safe. */
final class StageClock {
  private final LongAdder fetch = new LongAdder();
  private final LongAdder verify = new LongAdder();
  private final LongAdder decode = new LongAdder();
  private final LongAdder place = new LongAdder();

  /** Adds the time since {@code start} of {@link System#nanoTime} to a stage; returns now. */
  static long lap(LongAdder stage, long start) {
    long now = System.nanoTime();
    stage.add(now - start);
    return now;
  }

  LongAdder fetch() {
    return fetch;
  }

  LongAdder verify() {
    return verify;
  }

  LongAdder decode() {
    return decode;
  }

  LongAdder place() {
    return place;
  }

  /** The sums so far. */
  StageTimes times() {
    return new StageTimes(
        millis(fetch.sum()), millis(verify.sum()), millis(decode.sum()), millis(place.sum()));
  }

  static long millis(long nanos) {
    return (nanos + 500_000) / 1_000_000;
  }
}
