package io.cloudlet.sidecar.bench;

import io.cloudlet.sidecar.guest.HostProgram;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** A general tool that does what an overlay's compression does, with all cores where it can. */
enum Peer {
  /** With the base as reference. */
  ZSTD_3("zstd -3 --patch-from", "zstd", "zstd", false),
  /** With the base as reference. */
  ZSTD_9("zstd -9 --patch-from", "zstd", "zstd", false),
  /** With the base as reference. */
  ZSTD_19("zstd -19 --patch-from", "zstd", "zstd", true),
  /** Without the base. */
  XZ("xz", "xz", "xz-utils", true),
  /** With the base as reference. */
  XDELTA3("xdelta3", "xdelta3", "xdelta3", true);

  private static final Duration PATIENCE = Duration.ofHours(2);

  private final String title;
  private final String program;
  private final String debianPackage;
  private final boolean slow;

  Peer(String title, String program, String debianPackage, boolean slow) {
    this.title = title;
    this.program = program;
    this.debianPackage = debianPackage;
    this.slow = slow;
  }

  /** Name for people. */
  String title() {
    return title;
  }

  /** Whether a run takes minutes. */
  boolean slow() {
    return slow;
  }

  /** The tool, which has to be installed. */
  HostProgram find() throws IOException {
    return HostProgram.find(program, debianPackage, PATIENCE);
  }

  /** Compresses a number of times. */
  Compression run(PeerInput input, Path folder, int runs) throws IOException {
    Path target = folder.resolve("peer.out");
    HostProgram tool = find();
    Median seconds = new Median();
    for (int run = 0; run < runs; run++) {
      List<String> arguments = arguments(input, target);
      long start = System.nanoTime();
      tool.run(folder, arguments);
      seconds.add((System.nanoTime() - start) / 1e9);
    }
    long bytes = Files.size(target);
    Files.delete(target);
    return new Compression(title, bytes, seconds.value(), false);
  }

  private List<String> arguments(PeerInput input, Path target) throws IOException {
    return switch (this) {
      case ZSTD_3 -> zstd("-3", input, target);
      case ZSTD_9 -> zstd("-9", input, target);
      case ZSTD_19 -> zstd("-19", input, target);
      case XZ -> {
        // xz names its output itself.
        Path link = target.resolveSibling("peer");
        Files.deleteIfExists(link);
        Files.createSymbolicLink(link, input.fresh());
        yield List.of("-q", "-k", "-f", "-T0", "-S", ".out", link.toString());
      }
      case XDELTA3 ->
          List.of(
              "-q",
              "-e",
              "-f",
              // The window over the base: all of it.
              "-B",
              Long.toString(Math.max(1 << 20, Files.size(input.base()))),
              "-s",
              input.base().toString(),
              input.fresh().toString(),
              target.toString());
    };
  }

  private static List<String> zstd(String level, PeerInput input, Path target) {
    List<String> arguments = new ArrayList<>(List.of("-q", "-f", "-T0", level, "--long=31"));
    arguments.add("--patch-from=" + input.base());
    arguments.addAll(List.of(input.fresh().toString(), "-o", target.toString()));
    return arguments;
  }
}
