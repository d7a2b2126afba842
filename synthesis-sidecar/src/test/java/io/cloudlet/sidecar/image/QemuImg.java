package io.cloudlet.sidecar.image;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Runs QEMU's own tools, which say whether an image is right. */
public final class QemuImg {
  private QemuImg() {}

  /** Runs {@code qemu-img} and gives its output; fails when it does. */
  public static String run(Object... arguments) throws IOException {
    return run("qemu-img", List.of(arguments));
  }

  /** Runs commands of {@code qemu-io} on a qcow2 file. */
  public static void io(Path file, List<String> commands) throws IOException {
    List<Object> arguments = new ArrayList<>(List.of("-f", "qcow2", "-d", "unmap"));
    commands.forEach(command -> arguments.addAll(List.of("-c", command)));
    arguments.add(file);
    run("qemu-io", arguments);
  }

  /** What a guest would read, as a raw file. */
  public static Path flatten(Path qcow2, Path raw) throws IOException {
    run("convert", "-f", "qcow2", "-O", "raw", qcow2, raw);
    return raw;
  }

  private static String run(String program, List<?> arguments) throws IOException {
    List<String> command = new ArrayList<>(List.of(program));
    arguments.forEach(argument -> command.add(argument.toString()));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), UTF_8);
    int exit = process.onExit().join().exitValue();
    if (exit != 0) {
      throw new IOException(command + " ended with " + exit + ": " + output);
    }
    return output;
  }
}
