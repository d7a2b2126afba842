package io.cloudlet.sidecar.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.cloudlet.sidecar.image.Images;
import io.cloudlet.sidecar.image.Partials;
import io.cloudlet.sidecar.qemu.CounterGuest;
import io.cloudlet.sidecar.qemu.VmFiles;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

/** A data directory whose base VM is the guest that counts: it boots in no time. */
final class CounterNode implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(10);
  static final String BASE = "counter";

  /** A VM that has nothing to do with the commands under test, and must not notice them. */
  static final String WITNESS = "witness";

  final Path data;
  final Path disk;
  private final Path folder;
  private Map<String, String> environment = Map.of();

  /** Boots the guest from the boot sector of its disk, and keeps it as {@link #BASE}. */
  CounterNode(Path folder) throws IOException {
    this.folder = folder;
    data = folder.resolve("data");
    disk = CounterGuest.writeBaseDisk(folder.resolve("counter.raw"));
    fill(disk);
    succeed(run(create(BASE, "[0-9a-f]{8}")));
  }

  /** What the guest does not touch, and nobody can compress: files of it are not too small. */
  private static void fill(Path disk) throws IOException {
    byte[] random = new byte[3 << 20];
    Images.random(1).nextBytes(random);
    try (RandomAccessFile file = new RandomAccessFile(disk.toFile(), "rw")) {
      file.seek(8 << 20);
      file.write(random);
    }
  }

  /** The command that boots the disk. */
  String[] create(String name, String ready, String... more) {
    List<String> words = new ArrayList<>(List.of("base", "create", name));
    words.addAll(List.of("--disk", disk.toString(), "--memory", "64M", "--accel", "tcg"));
    words.addAll(List.of("--ready-serial", ready));
    words.addAll(List.of(more));
    return words.toArray(String[]::new);
  }

  /** Starts {@link #WITNESS}; it counts when nobody else needs the processor. */
  void startWitness() throws IOException {
    environment = FakeQemu.script(folder, "nice", "exec nice -n 19 \"$QEMU\" \"$@\"");
    succeed(run("vm", "resume", BASE, "--name", WITNESS));
    environment = Map.of();
  }

  /** What the next commands find in their environment. */
  void environment(Map<String, String> variables) {
    environment = variables;
  }

  CommandLineRun run(String... arguments) {
    Map<String, String> all = new HashMap<>(environment);
    all.put("CLOUDLET_DATA", data.toString());
    return CommandLineRun.of(all, _ -> {}, arguments);
  }

  CommandProcess start(String... arguments) throws IOException {
    return CommandProcess.start(data, environment, arguments);
  }

  static CommandLineRun succeed(CommandLineRun run) {
    assertThat(run.code()).as(run.messages()).isZero();
    return run;
  }

  JsonNode json(String... arguments) throws IOException {
    List<String> words = new ArrayList<>(List.of(arguments));
    words.addAll(List.of("--output", "json"));
    return new ObjectMapper().readTree(succeed(run(words.toArray(String[]::new))).results());
  }

  Path folder(String vm) {
    return data.resolve("vms").resolve(vm);
  }

  /** The VM's guest has not stopped to count, and does not begin anew. */
  void assertRunsOn(String vm) throws IOException {
    VmFiles files = new VmFiles(folder(vm));
    CounterGuest.awaitCounter(files, CounterGuest.counter(files) + 2);
    assertThat(CounterGuest.counters(files)).isSorted();
    assertThat(files.layer()).doesNotExist();
  }

  /** Nothing half-done lies anywhere, and no process is there but those of running VMs. */
  void assertClean() throws IOException {
    for (String folder : List.of("", "bases", "vms", "cache/ram", "tmp")) {
      assertThat(list(data.resolve(folder))).noneMatch(Partials::isPartial);
    }
    // What came of a package so far is kept for the next try.
    assertThat(list(data.resolve("tmp"))).allMatch(CounterNode::isFetched);
    for (JsonNode base : json("base", "ls")) {
      succeed(run("base", "verify", base.get("digest").asText()));
    }
    List<Long> running = new ArrayList<>();
    for (JsonNode vm : json("vm", "ls")) {
      assertThat(vm.get("state").asText()).isEqualTo("running");
      running.add(vm.get("pid").asLong());
    }
    // A script in the place of QEMU ends a moment after the QEMU that it has started.
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (!Set.copyOf(processes()).equals(Set.copyOf(running)) && System.nanoTime() < deadline) {
      LockSupport.parkNanos(1_000_000);
    }
    assertThat(processes()).containsExactlyInAnyOrderElementsOf(running);
  }

  private static boolean isFetched(Path file) {
    return file.getFileName().toString().matches("package-[0-9a-f]+\\.download(\\.parts)?");
  }

  /** Of this data directory, whether or not their folder is there still. */
  private List<Long> processes() throws IOException {
    List<Long> found = new ArrayList<>();
    try (DirectoryStream<Path> all = Files.newDirectoryStream(Path.of("/proc"), "[0-9]*")) {
      for (Path process : all) {
        if (worksIn(process).startsWith(data.toRealPath().toString())) {
          found.add(Long.parseLong(process.getFileName().toString()));
        }
      }
    }
    return found;
  }

  private static String worksIn(Path process) {
    try {
      return Files.readSymbolicLink(process.resolve("cwd")).toString();
    } catch (IOException e) {
      return ""; // It has ended.
    }
  }

  static List<Path> list(Path folder) throws IOException {
    try (Stream<Path> entries = Files.list(folder)) {
      return entries.toList();
    }
  }

  @Override
  public void close() throws IOException {
    environment = Map.of();
    for (JsonNode vm : json("vm", "ls")) {
      run("vm", "rm", vm.get("name").asText(), "--force");
    }
  }
}
