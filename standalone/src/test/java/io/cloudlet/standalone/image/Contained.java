package io.cloudlet.standalone.image;

import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * A program of an image, run as in a container: the image is its read-only root, it is process 1
 * with a /proc of its own, has nothing of the host's environment, no rights but those of its user,
 * and no device but the harmless ones. The network is the host's.
 *
 * <p>Needs root. Closing kills it and all that it has started.
 */
final class Contained implements AutoCloseable {
  private static final long LONGEST_SECONDS = 120;

  /**
   * Arguments: root, user, folder that is mounted, place of it in the image. What makes the
   * container needs three capabilities; they cannot be used for more by the user who gets them.
   */
  private static final String START =
      """
      set -eu
      root=$1 user=$2 folder=$3 place=$4
      shift 4
      mount --make-rprivate /
      mount --bind "$root" "$root"
      mount -t proc proc "$root/proc"
      mount -t tmpfs tmpfs "$root/dev"
      for device in null zero full random urandom; do
        touch "$root/dev/$device"
        mount --bind "/dev/$device" "$root/dev/$device"
      done
      mount --bind "$folder" "$root$place"
      mount -o remount,bind,ro "$root"
      exec setpriv --no-new-privs --inh-caps=-all \\
        --bounding-set=-all,+sys_chroot,+setuid,+setgid --clear-groups \\
        unshare --root="$root" --wd=/ --setgid "$user" --setuid "$user" -- "$@"
      """;

  private final Process process;
  private final Path output;

  private Contained(Process process, Path output) {
    this.process = process;
    this.output = output;
  }

  /** Skips a test whose user may not make what a container is made of. */
  static void requireRoot() {
    assumeThat(System.getProperty("user.name")).as("user of the test").isEqualTo("root");
  }

  /**
   * Starts a program.
   *
   * @param folder of the host, where the program sees it as {@code place} and may write
   * @param command with its path in the image
   */
  static Contained start(
      UnpackedImage image,
      int user,
      Path folder,
      String place,
      Map<String, String> environment,
      List<String> command)
      throws IOException {
    List<String> all =
        new ArrayList<>(List.of("unshare", "--mount", "--pid", "--fork", "--kill-child"));
    all.addAll(List.of("sh", "-c", START, "sh", image.root().toString(), String.valueOf(user)));
    all.addAll(List.of(folder.toString(), place));
    all.addAll(command);
    Path output = Files.createTempFile(image.root().resolveSibling(""), "output", ".txt");
    ProcessBuilder builder = new ProcessBuilder(all);
    builder.environment().clear();
    builder.environment().put("PATH", "/usr/sbin:/usr/bin:/sbin:/bin");
    image
        .configuration()
        .at("/config/Env")
        .valueStream()
        .forEach(variable -> {
          String[] parts = variable.asText().split("=", 2);
          builder.environment().put(parts[0], parts[1]);
        });
    builder.environment().putAll(environment);
    builder.redirectErrorStream(true).redirectOutput(output.toFile());
    return new Contained(builder.start(), output);
  }

  /** The exit code, once it has ended by itself. */
  int code() throws IOException, InterruptedException {
    if (!process.waitFor(LONGEST_SECONDS, TimeUnit.SECONDS)) {
      throw new IOException("it runs on, and has said: " + said());
    }
    return process.exitValue();
  }

  /** What it has written so far, errors included. */
  String said() throws IOException {
    return Files.readString(output, StandardCharsets.UTF_8);
  }

  boolean isRunning() {
    return process.isAlive();
  }

  /** Whether the program has started another one. */
  boolean hasChildren() {
    return process.children().anyMatch(first -> first.children().findAny().isPresent());
  }

  /** Sends SIGTERM to the program itself, as the end of a pod does. */
  void terminate() {
    process.children().forEach(ProcessHandle::destroy);
  }

  @Override
  public void close() {
    process.children().forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly();
  }
}
