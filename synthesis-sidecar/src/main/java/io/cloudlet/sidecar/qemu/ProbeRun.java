package io.cloudlet.sidecar.qemu;

import io.cloudlet.sidecar.image.CloudletException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Runs one QEMU to its end, within a limit, to see whether an accelerator works.
 *
 * @param qemu the program
 * @param accelerator as QEMU names it
 */
record ProbeRun(QemuBinary qemu, String accelerator) {
  private static final String SERIAL = "serial";
  private static final String OUTPUT = "output";

  /** Runs the {@link LoopGuest}; returns what went wrong, or nothing. */
  String loop(Duration limit) throws IOException {
    return inFolder(folder -> {
      Path disk = folder.resolve("disk");
      LoopGuest.writeDisk(disk);
      int code = run(folder, LoopGuest.devices(disk.getFileName().toString()), limit);
      return code == LoopGuest.EXIT_CODE ? "" : failure(folder, code);
    });
  }

  /**
   * Boots a kernel without any disk, until it panics over that and reboots, which ends QEMU.
   * Returns what went wrong, or nothing.
   */
  String kernel(Path kernel, Duration limit) throws IOException {
    return inFolder(folder -> {
      List<String> arguments =
          List.of(
              "-kernel",
              kernel.toAbsolutePath().toString(),
              "-append",
              "console=ttyS0 panic=-1",
              "-no-reboot",
              "-serial",
              "file:" + SERIAL);
      int code = run(folder, arguments, limit);
      boolean booted = code == 0 && text(folder.resolve(SERIAL)).contains("Linux version");
      return booted ? "" : failure(folder, code);
    });
  }

  private int run(Path folder, List<String> guest, Duration limit) throws IOException {
    List<String> words = new ArrayList<>(List.of(qemu.command()));
    words.addAll(List.of("-nodefaults", "-no-user-config", "-display", "none", "-m", "256M"));
    words.addAll(List.of("-machine", qemu.version().machineType() + ",accel=" + accelerator));
    words.addAll(List.of("-cpu", "qemu64"));
    words.addAll(guest);
    Process process =
        new ProcessBuilder(words)
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve(OUTPUT).toFile())
            .start();
    try {
      if (process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
        return process.exitValue();
      }
      throw new QemuTimeoutException("the guest did not come through", limit);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted while probing " + accelerator);
    } finally {
      process.destroyForcibly();
    }
  }

  private static String failure(Path folder, int code) throws IOException {
    String said = text(folder.resolve(OUTPUT)).strip();
    return said.isEmpty() ? "QEMU ended with code " + code : said;
  }

  private static String text(Path file) throws IOException {
    return Files.exists(file) ? Files.readString(file, StandardCharsets.ISO_8859_1) : "";
  }

  private interface InFolder {
    String apply(Path folder) throws IOException;
  }

  private static String inFolder(InFolder action) throws IOException {
    Path folder = Files.createTempDirectory("cloudlet");
    try {
      return action.apply(folder);
    } catch (CloudletException e) {
      return String.valueOf(e.getMessage());
    } finally {
      try (DirectoryStream<Path> files = Files.newDirectoryStream(folder)) {
        for (Path file : files) {
          Files.delete(file);
        }
      }
      Files.delete(folder);
    }
  }
}
