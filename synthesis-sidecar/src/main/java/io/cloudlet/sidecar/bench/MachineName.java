package io.cloudlet.sidecar.bench;

import io.cloudlet.sidecar.qemu.QemuBinary;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/** What the measurements were made on, in one line. */
public final class MachineName {
  private MachineName() {}

  /** Processor, memory, versions. */
  public static String of(QemuBinary qemu) throws IOException {
    return String.format(
        Locale.ROOT,
        "%d × %s, %.0f GB, Linux %s, QEMU %s, JDK %s",
        Runtime.getRuntime().availableProcessors(),
        field(Path.of("/proc/cpuinfo"), "model name"),
        Long.parseLong(field(Path.of("/proc/meminfo"), "MemTotal").replaceAll("[^0-9]", "")) / 1e6,
        System.getProperty("os.version"),
        qemu.version(),
        Runtime.version().feature());
  }

  private static String field(Path file, String name) throws IOException {
    return Files.readAllLines(file).stream()
        .filter(line -> line.startsWith(name))
        .map(line -> line.substring(line.indexOf(':') + 1).strip())
        .findFirst()
        .orElse("0");
  }
}
