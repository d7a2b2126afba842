package io.cloudlet.sidecar.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/** What this machine is called. */
final class HostName {
  private static final int LONGEST = 53;

  private HostName() {}

  /** In the characters that Kubernetes allows in names. */
  static String asNodeName() {
    String name;
    try {
      name = Files.readString(Path.of("/proc/sys/kernel/hostname"));
    } catch (IOException e) {
      name = "";
    }
    String allowed =
        name.strip()
            .toLowerCase(Locale.ROOT)
            .replaceAll("[^a-z0-9.-]+", "-")
            .replaceAll("^[.-]+|[.-]+$|(?<=[.])[.-]+|-+(?=[.])", "");
    String bounded = allowed.substring(0, Math.min(allowed.length(), LONGEST));
    return bounded.isEmpty() ? "node" : bounded.replaceAll("[.-]+$", "");
  }
}
