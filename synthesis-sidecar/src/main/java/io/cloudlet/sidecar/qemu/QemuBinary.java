package io.cloudlet.sidecar.qemu;

import io.cloudlet.sidecar.image.CloudletException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A QEMU on this machine and what it can.
 *
 * @param command path or name of the program
 * @param version its version
 * @param sandbox whether it was built with its system call filter
 */
public record QemuBinary(String command, QemuVersion version, boolean sandbox) {
  /** The name of the program in Debian and most other systems. */
  public static final String DEFAULT_COMMAND = "qemu-system-x86_64";

  /** Environment variable that names another program. */
  public static final String VARIABLE = "CLOUDLET_QEMU";

  static final String SANDBOX =
      "on,obsolete=deny,elevateprivileges=deny,spawn=deny,resourcecontrol=deny";

  private static final Duration LIMIT = Duration.ofSeconds(20);

  /** The program of this machine: the one that {@link #VARIABLE} names, else the default. */
  public static QemuBinary detect() throws IOException {
    return detect(System.getenv().getOrDefault(VARIABLE, DEFAULT_COMMAND));
  }

  /**
   * Asks a program for its version.
   *
   * @throws CloudletException when it is missing or is no QEMU
   */
  public static QemuBinary detect(String command) throws IOException {
    String sandboxed = run(command, List.of("-sandbox", SANDBOX, "-version"));
    boolean sandbox = QemuVersion.find(sandboxed).isPresent();
    String text = sandbox ? sandboxed : run(command, List.of("-version"));
    QemuVersion version =
        QemuVersion.find(text)
            .orElseThrow(() ->
                new CloudletException(
                    command
                        + " is no QEMU; asked for its version, it says "
                        + (text.isBlank() ? "nothing" : "'" + text.strip() + "'")
                        + "; let "
                        + VARIABLE
                        + " name one"));
    return new QemuBinary(command, version, sandbox);
  }

  /** The last words of {@code Cannot run program "x": Exec failed, error: 2 (Reason) }. */
  private static String reason(IOException e) {
    String text = String.valueOf(e.getMessage()).strip();
    int open = text.lastIndexOf('(');
    return open >= 0 && text.endsWith(")") ? text.substring(open + 1, text.length() - 1) : text;
  }

  private static String run(String command, List<String> arguments) throws IOException {
    Path output = Files.createTempFile("cloudlet", ".txt");
    try {
      ProcessBuilder builder = new ProcessBuilder(command);
      builder.command().addAll(arguments);
      Process process = builder.redirectErrorStream(true).redirectOutput(output.toFile()).start();
      if (!process.waitFor(LIMIT.toMillis(), TimeUnit.MILLISECONDS)) {
        process.destroyForcibly();
        throw new QemuTimeoutException(command + " did not tell its version", LIMIT);
      }
      return Files.readString(output, StandardCharsets.UTF_8);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted while asking for QEMU's version");
    } catch (CloudletException e) {
      throw e;
    } catch (IOException e) {
      String mend =
          command.equals(DEFAULT_COMMAND)
              ? "apt-get install qemu-system-x86, or let " + VARIABLE + " name one"
              : "let " + VARIABLE + " name a QEMU, or unset it";
      throw new CloudletException(command + " cannot be run: " + reason(e) + "; " + mend, e);
    } finally {
      Files.deleteIfExists(output);
    }
  }
}
