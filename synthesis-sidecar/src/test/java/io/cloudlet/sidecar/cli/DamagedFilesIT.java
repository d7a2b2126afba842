package io.cloudlet.sidecar.cli;

import static io.cloudlet.sidecar.cli.CounterNode.succeed;
import static org.assertj.core.api.Assertions.assertThat;

import io.cloudlet.sidecar.guest.BuildProgress;
import io.cloudlet.sidecar.guest.GuestImage;
import io.cloudlet.sidecar.guest.SmallGuest;
import io.cloudlet.sidecar.image.Images;
import io.cloudlet.sidecar.overlay.Blob;
import io.cloudlet.sidecar.overlay.OverlayReader;
import io.cloudlet.sidecar.overlay.Segment;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An overlay, a package and a base VM of a real guest, each with one thing wrong. */
class DamagedFilesIT {
  private static final int HEADER = 16;
  private static final int FOOTER = 224;
  private static final int PACKAGE_FOOTER = 48;
  private static final int FLIPS = 2;
  private static final int CUTS = 4;
  private static final int CORRUPT = 5;

  @TempDir private static Path folder;
  private static Path origin;
  private static Path data;
  private static Path overlay;
  private static Path exported;
  private final RandomGenerator random = Images.random(9);

  /** Bytes of a file that belong together. */
  private record Region(String name, long from, long to) {}

  @BeforeAll
  static void boot() throws IOException {
    origin = folder.resolve("origin");
    data = folder.resolve("data");
    overlay = folder.resolve("small.overlay");
    exported = folder.resolve("small.base");
    GuestImage guest = SmallGuest.build(SmallGuest.defaultCache(), BuildProgress.silent());
    List<String> create = new ArrayList<>(List.of("base", "create", "small", "--accel", "tcg"));
    create.addAll(List.of("--disk", guest.disk().toString(), "--memory", "256M"));
    create.addAll(List.of("--kernel", guest.kernel().toString()));
    create.addAll(List.of("--initrd", guest.initrd().toString(), "--append", guest.append()));
    create.addAll(List.of("--ready-serial", guest.ready().pattern()));
    succeed(CommandLineRun.of(origin, create.toArray(String[]::new)));
    succeed(CommandLineRun.of(origin, "base", "export", "small", exported.toString()));
    succeed(CommandLineRun.of(origin, "vm", "resume", "small"));
    String[] capture = {
      "overlay", "create", "small", "-o", overlay.toString(), "--after", "delete"
    };
    succeed(CommandLineRun.of(origin, capture));
    succeed(CommandLineRun.of(data, "base", "import", exported.toString()));
  }

  @AfterAll
  static void end() {
    CommandLineRun.of(data, "vm", "rm", "small", "--force");
  }

  @AfterEach
  void nothingIsLeft() throws IOException {
    assertThat(data.resolve("vms")).isEmptyDirectory();
    assertThat(data.resolve("tmp")).isEmptyDirectory();
    assertThat(CounterNode.list(data.resolve("bases"))).hasSize(2); // the base VM and the lock
  }

  @Test
  void anOverlayWithAWrongByteIsRefused() throws IOException {
    for (Region region : regionsOfOverlay()) {
      for (int i = 0; i < FLIPS; i++) {
        long at = random.nextLong(region.from(), region.to());
        try (Flip _ = new Flip(overlay, at, random)) {
          String what = region + ", byte " + at;
          assertRefused(what, overlay, data, "overlay", "verify", overlay.toString());
          assertRefused(what, overlay, data, "synthesize", overlay.toString(), "--no-cache");
        }
      }
    }
    succeed(CommandLineRun.of(data, "overlay", "verify", overlay.toString()));
  }

  @Test
  void anOverlayOfAnotherLengthIsRefused() throws IOException {
    Path other = folder.resolve("other.overlay");
    for (long length : otherLengths(Files.size(overlay))) {
      copy(overlay, other, length);
      String what = length + " of " + Files.size(overlay) + " bytes";
      assertRefused(what, other, data, "overlay", "verify", other.toString());
      assertRefused(what, other, data, "overlay", "info", other.toString());
      assertRefused(what, other, data, "synthesize", other.toString(), "--no-cache");
    }
  }

  private static List<Region> regionsOfOverlay() throws IOException {
    try (OverlayReader reader = OverlayReader.open(overlay)) {
      List<Segment> segments = reader.directory().segments();
      List<Blob> blobs = reader.manifest().blobs();
      long tables = blobs.getLast().offset() + blobs.getLast().stored();
      long footer = Files.size(overlay) - FOOTER;
      Segment last = segments.getLast();
      return List.of(
          new Region("header", 0, HEADER),
          new Region("segments", HEADER, last.offset() + last.stored()),
          new Region("last segment", last.offset(), last.offset() + last.stored()),
          new Region("blobs", blobs.getFirst().offset(), tables),
          new Region("tables", tables, tables + (footer - tables) / 2),
          new Region("manifest", footer - 200, footer),
          new Region("footer", footer, Files.size(overlay)));
    }
  }

  @Test
  void aPackageWithAWrongByteIsRefused() throws IOException {
    Path empty = folder.resolve("empty");
    long length = Files.size(exported);
    for (Region region :
        List.of(
            new Region("header", 0, 48),
            new Region("manifest", 48, 1000),
            new Region("first image", 2000, 4000),
            new Region("images", 4000, length / 2),
            new Region("blobs", length - 10_000, length - PACKAGE_FOOTER),
            new Region("footer", length - PACKAGE_FOOTER, length))) {
      for (int i = 0; i < FLIPS; i++) {
        long at = random.nextLong(region.from(), region.to());
        try (Flip _ = new Flip(exported, at, random)) {
          String what = region + ", byte " + at;
          assertRefused(what, exported, empty, "base", "import", exported.toString());
        }
        assertThat(CommandLineRun.of(empty, "base", "ls").results()).contains("no base VMs");
      }
    }
  }

  @Test
  void aPackageOfAnotherLengthIsRefused() throws IOException {
    Path empty = folder.resolve("empty");
    Path other = folder.resolve("other.base");
    for (long length : otherLengths(Files.size(exported))) {
      copy(exported, other, length);
      assertRefused("length " + length, other, empty, "base", "import", other.toString());
      assertThat(CommandLineRun.of(empty, "base", "ls").results()).contains("no base VMs");
    }
  }

  /** Whatever has happened to its files, a base VM says where. The index can be made again. */
  @Test
  void aBaseVmWithAWrongByteIsNotIntact() throws IOException {
    succeed(CommandLineRun.of(data, "base", "verify", "small"));
    List<Path> files;
    try (Stream<Path> tree = Files.walk(data.resolve("bases"))) {
      files = tree.filter(Files::isRegularFile).filter(DamagedFilesIT::isVerified).toList();
    }
    assertThat(files).hasSizeGreaterThan(8);
    for (Path file : files) {
      Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
      long at = random.nextLong(Files.size(file));
      try (Flip _ = new Flip(file, at, random)) {
        assertRefused(file + ", byte " + at, file, data, "base", "verify", "small");
      }
    }
    succeed(CommandLineRun.of(data, "base", "verify", "small"));
  }

  private static boolean isVerified(Path file) {
    return !List.of("index", "name", ".lock").contains(file.getFileName().toString());
  }

  private List<Long> otherLengths(long length) {
    List<Long> lengths = new ArrayList<>(List.of(0L, 5L, length - FOOTER, length - 1, length + 1));
    for (int i = 0; i < CUTS; i++) {
      lengths.add(random.nextLong(length));
    }
    return lengths;
  }

  private static void copy(Path from, Path to, long length) throws IOException {
    Files.copy(from, to, StandardCopyOption.REPLACE_EXISTING);
    try (RandomAccessFile file = new RandomAccessFile(to.toFile(), "rw")) {
      file.setLength(length);
    }
  }

  private static void assertRefused(String what, Path file, Path data, String... command) {
    CommandLineRun run = CommandLineRun.of(data, command);
    assertThat(run.code()).as("%s: %s", what, run.messages()).isEqualTo(CORRUPT);
    assertThat(run.results()).isEmpty();
    assertThat(run.messages().lines().filter(line -> line.startsWith("cloudlet: ")))
        .as(what)
        .hasSize(1)
        .first()
        .asString()
        .startsWith("cloudlet: " + file + " ")
        .containsPattern("at byte \\d+|version");
  }

  /** One byte of a file is another one until this is closed. */
  private record Flip(Path file, long at, int bits) implements AutoCloseable {
    Flip(Path file, long at, RandomGenerator random) throws IOException {
      this(file, at, exchange(file, at, random.nextInt(1, 256)));
    }

    /** Returns what has to be exclusively or-ed to the byte once more. */
    private static int exchange(Path file, long at, int bits) throws IOException {
      try (RandomAccessFile bytes = new RandomAccessFile(file.toFile(), "rw")) {
        bytes.seek(at);
        int old = bytes.read();
        bytes.seek(at);
        bytes.write(old ^ bits);
        return bits;
      }
    }

    @Override
    public void close() throws IOException {
      exchange(file, at, bits);
    }
  }
}
