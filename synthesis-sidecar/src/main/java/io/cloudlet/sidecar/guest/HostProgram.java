package io.cloudlet.sidecar.guest;

import io.cloudlet.sidecar.image.CloudletException;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;

/**
 * A program of the host, run to its end.
 *
 * @param path where it is
 * @param timeout how long a run may take
 */
public record HostProgram(Path path, Duration timeout) {
  private static final int SHOWN = 2000;
  private static final int LARGEST_OUTPUT = 64 << 20;
  private static final Executor READERS = task -> Thread.ofVirtual().start(task);

  /**
   * Looks a program up in PATH and where Debian keeps what administrators use.
   *
   * @param debianPackage which package brings it
   */
  public static HostProgram find(String name, String debianPackage, Duration timeout)
      throws MissingProgramException {
    return Arrays.stream(searchPath().split(File.pathSeparator))
        .filter(folder -> !folder.isEmpty())
        .map(folder -> Path.of(folder, name))
        .filter(Files::isExecutable)
        .findFirst()
        .map(found -> new HostProgram(found, timeout))
        .orElseThrow(() -> new MissingProgramException(name, debianPackage));
  }

  private static String searchPath() {
    return System.getenv().getOrDefault("PATH", "/usr/bin:/bin") + ":/usr/sbin:/sbin";
  }

  /**
   * Runs the program in a folder and returns its standard output.
   *
   * @throws HostProgramException when it ends with another code than 0, or not in time
   */
  public String run(Path folder, List<String> arguments) throws CloudletException, IOException {
    List<String> command = new ArrayList<>();
    command.add(path.toString());
    command.addAll(arguments);
    ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile());
    builder.environment().put("PATH", searchPath());
    builder.environment().put("LC_ALL", "C.UTF-8");
    builder.environment().put("DEBIAN_FRONTEND", "noninteractive");
    builder.redirectInput(ProcessBuilder.Redirect.from(new File("/dev/null")));
    Process process = builder.start();
    try {
      return await(process, String.join(" ", command));
    } finally {
      process.descendants().forEach(ProcessHandle::destroyForcibly);
      process.destroyForcibly();
    }
  }

  private String await(Process process, String commandLine) throws CloudletException {
    CompletableFuture<String> output = read(process.getInputStream());
    CompletableFuture<String> errors = read(process.getErrorStream());
    try {
      if (!process.waitFor(timeout.toMillis(), TimeUnit.MILLISECONDS)) {
        process.destroyForcibly();
        throw failure(commandLine, "did not end within " + timeout.toSeconds() + " s", "");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw failure(commandLine, "was interrupted", "");
    }
    if (process.exitValue() != 0) {
      throw failure(commandLine, "ended with code " + process.exitValue(), tail(errors.join()));
    }
    return output.join();
  }

  private HostProgramException failure(String commandLine, String outcome, String output) {
    return new HostProgramException(
        String.valueOf(path.getFileName()), commandLine, outcome, output);
  }

  private static CompletableFuture<String> read(InputStream stream) {
    return CompletableFuture.supplyAsync(
        () -> {
          try (stream) {
            return new String(stream.readNBytes(LARGEST_OUTPUT), StandardCharsets.UTF_8);
          } catch (IOException e) {
            // The process was ended while it was read: its exit code tells.
            return "";
          }
        },
        READERS);
  }

  private static String tail(String text) {
    String trimmed = text.strip();
    return trimmed.length() <= SHOWN ? trimmed : trimmed.substring(trimmed.length() - SHOWN);
  }
}
