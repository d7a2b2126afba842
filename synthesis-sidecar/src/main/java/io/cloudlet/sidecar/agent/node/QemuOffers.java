package io.cloudlet.sidecar.agent.node;

import io.cloudlet.sidecar.qemu.QemuBinary;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * What a QEMU can give guests.
 *
 * @param cpuModels names of CPU models
 * @param machineTypes versioned machine types
 */
record QemuOffers(List<String> cpuModels, List<String> machineTypes) {
  private static final Duration LIMIT = Duration.ofSeconds(20);

  // x86 Haswell-v4            Intel Core Processor (Haswell, no TSX, IBRS)
  // In newer versions without "x86".
  private static final Pattern MODEL =
      Pattern.compile("^(?:x86|  ) ?([A-Za-z0-9][A-Za-z0-9_.-]*)(?: .*)?$", Pattern.MULTILINE);

  // pc-q35-7.2           Standard PC (Q35 + ICH9, 2009)
  private static final Pattern TYPE =
      Pattern.compile("^(pc-q35-[a-z0-9]+(?:\\.[0-9]+){1,2}) ", Pattern.MULTILINE);

  static QemuOffers of(QemuBinary qemu) throws IOException {
    return new QemuOffers(
        models(run(qemu.command(), "-cpu", "help")),
        TYPE.matcher(run(qemu.command(), "-machine", "help"))
            .results()
            .map(found -> found.group(1))
            .distinct()
            .toList());
  }

  /** Up to the flags, which look alike. */
  static List<String> models(String help) {
    int flags = help.indexOf("Recognized CPUID flags");
    return MODEL
        .matcher(flags < 0 ? help : help.substring(0, flags))
        .results()
        .map((MatchResult found) -> found.group(1))
        .distinct()
        .toList();
  }

  private static String run(String... words) throws IOException {
    Path output = Files.createTempFile("cloudlet", ".txt");
    try {
      Process process =
          new ProcessBuilder(words)
              .redirectErrorStream(true)
              .redirectOutput(output.toFile())
              .start();
      if (!process.waitFor(LIMIT.toMillis(), TimeUnit.MILLISECONDS)) {
        process.destroyForcibly();
        throw new IOException(String.join(" ", words) + " did not answer within " + LIMIT);
      }
      return Files.readString(output, StandardCharsets.ISO_8859_1);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted while asking QEMU what it offers");
    } finally {
      Files.deleteIfExists(output);
    }
  }
}
