package io.cloudlet.sidecar.cli;

import static java.util.stream.Collectors.joining;

import io.cloudlet.sidecar.bench.BenchOptions;
import io.cloudlet.sidecar.bench.BenchReport;
import io.cloudlet.sidecar.bench.Benchmark;
import io.cloudlet.sidecar.bench.Compression;
import io.cloudlet.sidecar.bench.ReportChart;
import io.cloudlet.sidecar.bench.Timing;
import io.cloudlet.sidecar.guest.SmallGuest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code bench}. */
@Command(
    name = "bench",
    sortOptions = false,
    description =
        "Measures this program on a customised Debian VM beside QEMU's own means and general"
            + " tools. The first run builds the VM, which takes some minutes and needs root.")
final class BenchCommand implements Callable<Integer> {
  private final Session session;

  @Option(
      names = "--runs",
      paramLabel = "N",
      defaultValue = "3",
      description = "Repetitions of the fast measurements; ${DEFAULT-VALUE}.")
  private int runs;

  @Option(
      names = "--quick",
      description = "Leaves out the tools that take minutes and the guest of 4 GiB.")
  private boolean quick;

  @Option(
      names = "--cache",
      paramLabel = "DIR",
      description = "Where the guest and its state are kept; CLOUDLET_CACHE or ~/.cache/cloudlet.")
  private @Nullable Path cache;

  @Option(names = "--svg", paramLabel = "FILE", description = "Writes a chart.")
  private @Nullable Path svg;

  BenchCommand(Session session) {
    this.session = session;
  }

  @Override
  public Integer call() throws IOException {
    Path folder = cache == null ? SmallGuest.defaultCache() : cache;
    BenchOptions options = new BenchOptions(folder, runs, !quick, !quick);
    BenchReport report = new Benchmark(options, session.qemu(), session.output().progress()).run();
    if (svg != null) {
      Files.writeString(svg, ReportChart.draw(report));
    }
    session.output().result(report, text(report));
    return (report.failures().isEmpty() ? ExitCode.OK : ExitCode.FAILED).code();
  }

  private static String text(BenchReport report) {
    return report.machine()
        + "\n"
        + Amount.bytes(report.state().changedBytes())
        + " of changed state, "
        + Amount.bytes(report.state().newBytes())
        + " of new content after deduplication; QEMU's own stream has "
        + Amount.bytes(report.state().streamBytes())
        + "\n\n"
        + compressions("COMPRESSION", report, report.compressions())
        + "\n\n"
        + timings("PAUSE OF THE GUEST", report.pauses())
        + "\n\n"
        + compressions("MEMORY THAT THE GUEST LEAVES IDLE", report, report.balloon())
        + "\n\n"
        + timings("FROM A LOCAL FILE TO A RUNNING GUEST", report.starts())
        + "\n\n"
        + new GoalTable(report.goals())
        + report.failures().stream()
            .map(failure -> "\nnot measured: " + failure)
            .collect(joining());
  }

  private static Table compressions(
      String heading, BenchReport report, List<Compression> compressions) {
    Table table = new Table(heading, "SIZE", "TIME", "OF CHANGED STATE");
    for (Compression one : compressions) {
      table.row(
          one.name(),
          Amount.bytes(one.bytes()),
          seconds(one.seconds()),
          String.format(
              Locale.ROOT, "%.0f MB/s", report.state().changedBytes() / 1e6 / one.seconds()));
    }
    return table;
  }

  private static Table timings(String heading, List<Timing> timings) {
    Table table = new Table(heading, "TIME");
    for (Timing timing : timings) {
      table.row(timing.name(), seconds(timing.seconds()));
    }
    return table;
  }

  private static String seconds(double seconds) {
    return String.format(Locale.ROOT, seconds < 10 ? "%.2f s" : "%.0f s", seconds);
  }
}
