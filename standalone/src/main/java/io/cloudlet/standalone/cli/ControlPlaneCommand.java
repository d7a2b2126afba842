package io.cloudlet.standalone.cli;

import io.cloudlet.sidecar.bench.Goal;
import io.cloudlet.sidecar.bench.MachineName;
import io.cloudlet.sidecar.cli.CommandContext;
import io.cloudlet.sidecar.cli.GoalTable;
import io.cloudlet.sidecar.cli.Table;
import io.cloudlet.sidecar.image.Partials;
import io.cloudlet.standalone.bench.ControlPlaneReport;
import io.cloudlet.standalone.bench.ControlPlaneRun;
import io.cloudlet.standalone.bench.Load;
import io.cloudlet.standalone.kubernetes.ProgramFinder;
import io.cloudlet.standalone.kubernetes.Programs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code bench control-plane}. */
@Command(
    name = "control-plane",
    sortOptions = false,
    description =
        "Measures how much the operator and the API bear: many resources, with agents that exist"
            + " in the API alone, on an API server that is made for it.")
final class ControlPlaneCommand implements Callable<Integer> {
  private final CommandContext context;

  @Option(
      names = "--resources",
      paramLabel = "N",
      defaultValue = "10000",
      description = "Syntheses that are made at once; ${DEFAULT-VALUE}.")
  private int resources;

  @Option(
      names = "--nodes",
      paramLabel = "N",
      defaultValue = "1000",
      description = "Nodes, with an agent each; ${DEFAULT-VALUE}.")
  private int nodes;

  @Option(
      names = "--quiet-time",
      paramLabel = "SECONDS",
      defaultValue = "60",
      description = "How long nothing is done in the end; ${DEFAULT-VALUE}.")
  private int quiet;

  ControlPlaneCommand(CommandContext context) {
    this.context = context;
  }

  @Override
  public Integer call() throws IOException {
    Load load = new Load(resources, nodes, 100, quiet, nodes);
    Programs programs =
        new ProgramFinder(context.environment(), context.progress(), context::say).find();
    Path folder = Files.createTempDirectory("cloudlet-bench");
    new LogFile(folder.resolve("bench.log")).use();
    try {
      String machine = MachineName.of(context.qemu());
      ControlPlaneReport report =
          new ControlPlaneRun(machine, folder, programs, load, context.progress(), context::say)
              .run();
      context.result(report, text(report));
      return report.goals().stream().allMatch(Goal::reached) ? 0 : 1;
    } finally {
      Partials.deleteTree(folder);
    }
  }

  private static String text(ControlPlaneReport report) {
    Table found = new Table("CONTROL PLANE", "");
    found.row("syntheses, nodes", report.load().syntheses() + ", " + report.load().nodes());
    found.row("all accepted", seconds(report.created()));
    found.row("all ready", seconds(report.ready()));
    found.row("writes for each", format("%.2f", report.writesEach()));
    found.row("reconciliation, 99 of 100", seconds(report.reconcileP99()));
    found.row("from creation to a node, half of them", seconds(report.placedP50()));
    found.row("from creation to a node, 99 of 100", seconds(report.placedP99()));
    found.row("operator's heap, peak", format("%.0f MB", report.heapPeak() / 1e6));
    found.row("operator's heap, in use", format("%.0f MB", report.heapLive() / 1e6));
    found.row("agents' watches", Integer.toString(report.watches().watches()));
    found.row(
        "memory of the API server for them", format("%.0f MB", report.watches().bytes() / 1e6));
    Table quiet = new Table("REQUESTS IN " + report.load().quietSeconds() + " QUIET SECONDS", "");
    report.quiet().entrySet().stream()
        .sorted(Map.Entry.comparingByKey())
        .forEach(one -> quiet.row(one.getKey(), format("%.0f", one.getValue())));
    return report.machine()
        + "\n\n"
        + found
        + "\n\n"
        + quiet
        + "\n\n"
        + new GoalTable(report.goals());
  }

  private static String seconds(double seconds) {
    return format(seconds < 10 ? "%.3f s" : "%.0f s", seconds);
  }

  private static String format(String pattern, double number) {
    return String.format(Locale.ROOT, pattern, number);
  }
}
