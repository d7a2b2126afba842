package io.cloudlet.sidecar.delta;

import io.cloudlet.sidecar.base.BaseAnchors;
import io.cloudlet.sidecar.image.ImageId;
import io.cloudlet.sidecar.image.MappedImage;
import io.cloudlet.sidecar.image.Page;
import io.cloudlet.sidecar.image.Partials;
import io.cloudlet.sidecar.qemu.RamBlock;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
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
 * What a capture does with each page, on one core: keeping memory while the guest stands still, and
 * deduplication after. An operation is a byte, so the scores are GB/s.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(
    value = 1,
    jvmArgsAppend = {"--enable-native-access=ALL-UNNAMED", "-Xmx1g"})
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class CaptureBenchmark {
  private static final int PAGES = 1 << 14;

  /** Changed and other pages of disk (and its growth) and memory. */
  private static final int ALL_PAGES = PAGES + PAGES / 2;

  private Path folder = Path.of("");
  private List<MappedImage> base = List.of();
  private List<MappedImage> changed = List.of();
  private BaseView view =
      new BaseView(null, List.of(), List.of(), BaseLookup.EMPTY, BaseAnchors.NONE);
  private Optional<Scenario> scenario = Optional.empty();

  /** Writes the images. */
  @Setup(Level.Trial)
  public void write() throws IOException {
    folder = Files.createTempDirectory(SpoolFolder.choose(1 << 30, Path.of("/tmp")), "capture");
    Scenario made = new Scenario(folder.resolve("images"), 1, PAGES);
    base = List.of(made.baseDisk, made.baseMemory);
    changed = List.of(made.disk, made.memory);
    view = made.content().base();
    scenario = Optional.of(made);
  }

  /** Removes them. */
  @TearDown
  public void remove() throws IOException {
    scenario.ifPresent(Scenario::close);
    Partials.deleteTree(folder);
  }

  /** Memory as it arrives, half of it changed. */
  @Benchmark
  @OperationsPerInvocation(PAGES / 2 * Page.SIZE)
  public List<ChangedImage> spool() throws IOException {
    MappedImage memory = changed.getLast();
    try (RamSpool spool = new RamSpool(id -> Optional.of(base.getLast()), folder)) {
      spool.ramBlocks(List.of(new RamBlock("pc.ram", memory.length())));
      MemorySegment data = memory.segment();
      for (long at = 0; at < memory.length(); at += Page.SIZE) {
        spool.page(0, at, data, at);
      }
      spool.end();
      return spool.images();
    }
  }

  /** All pages of disk and memory as if all might have changed. */
  @Benchmark
  @OperationsPerInvocation(ALL_PAGES * Page.SIZE)
  public int deduplicate() throws IOException {
    List<ChangedImage> images =
        List.of(
            FlatComparison.isNew(ImageId.FIRST_DISK, changed.getFirst()),
            FlatComparison.isNew(ImageId.MAIN_MEMORY, changed.getLast()));
    return new Deduplicator(images, view, 1, Progress.NONE).run().fresh().size();
  }
}
