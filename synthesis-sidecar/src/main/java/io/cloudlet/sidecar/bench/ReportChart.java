package io.cloudlet.sidecar.bench;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/** A report as a picture. */
public final class ReportChart {
  private ReportChart() {}

  /** An SVG document. */
  public static String draw(BenchReport report) {
    return SvgChart.draw(
        List.of(
            new SvgChart.Panel(
                String.format(
                    Locale.ROOT,
                    "Size in MB of %.0f MB of changed state",
                    report.state().changedBytes() / 1e6),
                sizes(report.compressions())),
            new SvgChart.Panel("Time to make it, in seconds", times(report.compressions())),
            new SvgChart.Panel("Pause of the guest, in seconds", timings(report.pauses())),
            new SvgChart.Panel("From a local file to a running guest", timings(report.starts()))));
  }

  private static List<SvgChart.Bar> sizes(List<Compression> compressions) {
    return compressions.stream()
        .sorted(Comparator.comparingLong(Compression::bytes))
        .map(one ->
            new SvgChart.Bar(
                one.name(),
                one.bytes(),
                String.format(Locale.ROOT, "%.1f", one.bytes() / 1e6),
                one.ours()))
        .toList();
  }

  private static List<SvgChart.Bar> times(List<Compression> compressions) {
    return compressions.stream()
        .sorted(Comparator.comparingDouble(Compression::seconds))
        .map(one -> bar(one.name(), one.seconds(), one.ours()))
        .toList();
  }

  private static List<SvgChart.Bar> timings(List<Timing> timings) {
    return timings.stream().map(one -> bar(one.name(), one.seconds(), one.ours())).toList();
  }

  private static SvgChart.Bar bar(String name, double seconds, boolean ours) {
    String text = String.format(Locale.ROOT, seconds < 10 ? "%.2f s" : "%.0f s", seconds);
    return new SvgChart.Bar(name, seconds, text, ours);
  }
}
