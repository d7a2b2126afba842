package io.cloudlet.sidecar.bench;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.ArrayList;
import java.util.List;

/**
 * What a run has measured so far. A step that fails is noted, and what others measure is kept. For
 * one thread.
 */
final class Findings {
  /** A part of a run. */
  @FunctionalInterface
  interface Step {
    void run() throws IOException;
  }

  private final List<Compression> compressions = new ArrayList<>();
  private final List<Compression> balloon = new ArrayList<>();
  private final List<Timing> pauses = new ArrayList<>();
  private final List<Timing> starts = new ArrayList<>();
  private final List<Footprint> footprints = new ArrayList<>();
  private final List<String> failures = new ArrayList<>();

  /**
   * Does a step.
   *
   * @param what the step is, for whoever reads of its failure
   * @throws IOException when the run is interrupted, and only then
   */
  void attempt(String what, Step step) throws IOException {
    try {
      step.run();
    } catch (InterruptedIOException e) {
      throw e;
    } catch (IOException | RuntimeException e) {
      if (Thread.currentThread().isInterrupted()) {
        throw e;
      }
      failures.add(what + ": " + e.getMessage());
    }
  }

  List<Compression> compressions() {
    return compressions;
  }

  List<Compression> balloon() {
    return balloon;
  }

  List<Timing> pauses() {
    return pauses;
  }

  List<Timing> starts() {
    return starts;
  }

  List<Footprint> footprints() {
    return footprints;
  }

  /** All of it as a report. */
  BenchReport report(String machine, int runs, StateFigures state) {
    return new BenchReport(
        machine,
        runs,
        state,
        compressions,
        pauses,
        balloon,
        starts,
        footprints,
        Goals.of(state, compressions, pauses, starts, footprints),
        failures);
  }
}
