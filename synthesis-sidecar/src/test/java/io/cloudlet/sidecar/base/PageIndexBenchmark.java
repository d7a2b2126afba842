package io.cloudlet.sidecar.base;

import io.cloudlet.sidecar.image.Digest;
import io.cloudlet.sidecar.image.Images;
import io.cloudlet.sidecar.image.MappedImage;
import io.cloudlet.sidecar.image.Page;
import io.cloudlet.sidecar.image.Partials;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
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

/** Building the index of an image of 256 MiB, and looking pages up. An operation is a byte. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(value = 1, jvmArgsAppend = "--enable-native-access=ALL-UNNAMED")
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class PageIndexBenchmark {
  private static final int PAGES = 1 << 16;
  private static final Digest ANY = Digest.sha256(new byte[0]);

  private Path folder = Path.of("");
  private List<MappedImage> images = List.of();
  private PageIndex index =
      new PageIndex(Arena.ofShared(), MemorySegment.NULL, 0, BaseAnchors.NONE, images);
  private int[] order = {};

  /** Writes the image and its index. */
  @Setup(Level.Trial)
  public void write() throws IOException {
    folder = Files.createTempDirectory("index");
    images = List.of(MappedImage.open(Images.sparse(folder.resolve("a.raw"), PAGES, 1, 1)));
    PageIndexBuilder.build(folder.resolve("index"), ANY, images);
    index = PageIndexFile.open(folder.resolve("index"), ANY, images);
    order = Images.random(2).ints(PAGES, 0, PAGES).toArray();
  }

  /** Removes them. */
  @TearDown
  public void remove() throws IOException {
    index.close();
    images.forEach(MappedImage::close);
    Partials.deleteTree(folder);
  }

  /** On all cores. */
  @Benchmark
  @OperationsPerInvocation(PAGES * Page.SIZE)
  public void build() throws IOException {
    PageIndexBuilder.build(folder.resolve("again"), ANY, images);
  }

  /** Pages that the base has, in random order: hash, look-up and comparison. */
  @Benchmark
  @OperationsPerInvocation(PAGES * Page.SIZE)
  public long find() {
    MemorySegment segment = images.getFirst().segment();
    long sum = 0;
    for (int page : order) {
      sum += index.find(segment, (long) page << Page.SHIFT);
    }
    return sum;
  }
}
