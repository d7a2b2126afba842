package io.cloudlet.sidecar.bench;

import java.util.List;

/**
 * Everything that a run measured.
 *
 * @param machine where: processor, memory, versions
 * @param runs how often the fast measurements were repeated
 * @param state what was measured on
 * @param compressions sizes and times, smallest effort first
 * @param pauses how long the guest stands still while its state is taken
 * @param balloon captures of one running VM, with and without taking unused memory first
 * @param starts from a local file to a running guest
 * @param footprints memory of commands
 * @param goals what of it was meant to be reached
 * @param failures steps that could not be measured, and why
 */
public record BenchReport(
    String machine,
    int runs,
    StateFigures state,
    List<Compression> compressions,
    List<Timing> pauses,
    List<Compression> balloon,
    List<Timing> starts,
    List<Footprint> footprints,
    List<Goal> goals,
    List<String> failures) {
  /** Copies the lists. */
  public BenchReport {
    compressions = List.copyOf(compressions);
    pauses = List.copyOf(pauses);
    balloon = List.copyOf(balloon);
    starts = List.copyOf(starts);
    footprints = List.copyOf(footprints);
    goals = List.copyOf(goals);
    failures = List.copyOf(failures);
  }
}
