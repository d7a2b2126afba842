package io.cloudlet.sidecar.synthesis;

import io.cloudlet.sidecar.image.Durability;
import io.cloudlet.sidecar.image.ImageId;
import io.cloudlet.sidecar.image.Page;
import io.cloudlet.sidecar.image.Partials;
import io.cloudlet.sidecar.overlay.OverlayReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Decoding and placing an image of 64 MiB of which five in six pages are changed, digests and all.
 * An operation is a byte of the image.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(value = 1, jvmArgsAppend = "--enable-native-access=ALL-UNNAMED")
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class SynthesisBenchmark {
  private static final int PAGES = 1 << 14;

  private Path folder = Path.of("");
  private Path overlay = Path.of("");
  private BaseImages.Locator base = id -> folder;

  /** Writes base and overlay. */
  @Setup(Level.Trial)
  public void write() throws IOException {
    folder = Files.createTempDirectory("synthesis");
    SyntheticState state = new SyntheticState(folder, 7, PAGES);
    overlay = state.overlay();
    base = state::base;
  }

  /** Removes them. */
  @TearDown
  public void remove() throws IOException {
    Partials.deleteTree(folder);
  }

  /** Memory into a raw file, on all cores. */
  @Benchmark
  @OperationsPerInvocation(PAGES * Page.SIZE)
  public StageTimes memoryFile() throws IOException {
    try (OverlayReader reader = OverlayReader.open(overlay);
        BaseImages images = BaseImages.open(reader.manifest(), base)) {
      Map<ImageId, Path> targets = Map.of(SyntheticState.RAM, fresh("ram"));
      return new FlatSynthesis(SynthesisLimits.ofThisMachine(), SynthesisListener.NONE)
          .write(reader, images, targets, Durability.CACHE);
    }
  }

  /** The disk into a qcow2 layer, on all cores. */
  @Benchmark
  @OperationsPerInvocation(PAGES * Page.SIZE)
  public StageTimes diskLayer() throws IOException {
    try (OverlayReader reader = OverlayReader.open(overlay);
        BaseImages images = BaseImages.open(reader.manifest(), base)) {
      return new DiskSynthesis(SynthesisLimits.ofThisMachine(), SynthesisListener.NONE)
          .write(reader, images, SyntheticState.DISK, fresh("disk.qcow2"));
    }
  }

  /** Replacing a file would make ext4 write it to the disk at once. */
  private Path fresh(String name) throws IOException {
    Path target = folder.resolve(name);
    Files.deleteIfExists(target);
    return target;
  }
}
