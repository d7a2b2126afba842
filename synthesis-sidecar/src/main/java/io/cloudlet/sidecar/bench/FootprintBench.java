package io.cloudlet.sidecar.bench;

import io.cloudlet.sidecar.image.CloudletException;
import io.cloudlet.sidecar.node.DataDirectory;
import io.cloudlet.sidecar.node.VmName;
import io.cloudlet.sidecar.overlay.Effort;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * Runs this program's own commands as processes of their own, with the limits that its launcher
 * sets, and watches their memory.
 */
final class FootprintBench {
  private static final Duration PATIENCE = Duration.ofMinutes(30);

  private final List<String> program;
  private final DataDirectory data;

  private FootprintBench(List<String> program, DataDirectory data) {
    this.program = program;
    this.data = data;
  }

  /** Commands on a data directory; empty when this process was not started from a jar. */
  static Optional<FootprintBench> on(DataDirectory data) {
    ProcessHandle.Info self = ProcessHandle.current().info();
    List<String> arguments = Arrays.asList(self.arguments().orElse(new String[0]));
    int jar = arguments.indexOf("-jar");
    if (jar < 0 || jar + 1 >= arguments.size() || self.command().isEmpty()) {
      return Optional.empty();
    }
    List<String> program = new ArrayList<>(List.of(self.command().get()));
    program.addAll(arguments.subList(0, jar + 2));
    return Optional.of(new FootprintBench(program, data));
  }

  /** Of a capture of a VM that runs into a file, which stays. */
  Footprint capture(VmName vm, Path target, Effort effort, String name) throws IOException {
    List<String> command = List.of("overlay", "create", vm.text(), "--file", target.toString());
    long peak = run(command, "--effort", effort.toString());
    return new Footprint(name, peak);
  }

  /** Of a synthesis; the VM is ended and removed. */
  Footprint synthesis(VmName vm, Path overlay, String name) throws IOException {
    long peak = run(List.of("synthesize", overlay.toString(), "--name", vm.text()));
    run(List.of("vm", "rm", "--force", vm.text()));
    return new Footprint(name, peak);
  }

  private long run(List<String> command, String... options) throws IOException {
    List<String> words = new ArrayList<>(program);
    words.addAll(List.of("--quiet", "--data", data.root().toString()));
    words.addAll(command);
    words.addAll(List.of(options));
    Path log = Files.createTempFile("cloudlet", ".log");
    Process process =
        new ProcessBuilder(words).redirectErrorStream(true).redirectOutput(log.toFile()).start();
    try (ResidentMemory memory = new ResidentMemory(process.pid())) {
      if (!process.waitFor(PATIENCE.toMinutes(), TimeUnit.MINUTES) || process.exitValue() != 0) {
        throw new CloudletException(
            String.join(" ", command) + " failed: " + Files.readString(log).strip());
      }
      return memory.peak();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted during " + String.join(" ", command));
    } finally {
      process.destroyForcibly();
      Files.delete(log);
    }
  }
}
