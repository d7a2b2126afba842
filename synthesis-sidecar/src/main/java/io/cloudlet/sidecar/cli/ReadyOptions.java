package io.cloudlet.sidecar.cli;

import io.cloudlet.sidecar.machine.Port;
import io.cloudlet.sidecar.node.ReadyWhen;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which sign tells that a guest is ready; exactly one of these. */
final class ReadyOptions {
  @Option(
      names = "--ready-serial",
      paramLabel = "REGEX",
      description = "Ready when the serial console prints this.")
  private @Nullable Pattern serial;

  @Option(
      names = "--ready-tcp",
      paramLabel = "PORT",
      description = "Ready when this TCP port of the guest, which has to be a --port, answers.")
  private @Nullable Integer tcp;

  @Option(
      names = "--ready-delay",
      paramLabel = "TIME",
      description = "Ready after a time, such as 90s.")
  private @Nullable Duration delay;

  /** For a machine with these ports. */
  ReadyWhen readyWhen(List<Port> ports) {
    if (serial != null) {
      return new ReadyWhen.ConsolePrints(serial);
    }
    if (tcp != null) {
      if (ports.stream().noneMatch(port -> port.guest() == tcp)) {
        throw new IllegalArgumentException(
            "--ready-tcp " + tcp + " needs that port forwarded; add --port " + tcp);
      }
      return new ReadyWhen.PortAnswers(tcp);
    }
    if (delay != null) {
      return new ReadyWhen.After(delay);
    }
    throw new IllegalArgumentException(
        "one of --ready-serial, --ready-tcp and --ready-delay has to be given");
  }
}
