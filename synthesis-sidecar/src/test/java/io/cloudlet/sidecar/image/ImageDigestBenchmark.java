package io.cloudlet.sidecar.image;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.infra.Blackhole;

/** The digest of an image of 64 MiB in page cache. An operation is a byte. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(value = 1, jvmArgsAppend = "--enable-native-access=ALL-UNNAMED")
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class ImageDigestBenchmark {
  private static final int PAGES = 1 << 14;
  private static final int BYTES = PAGES * Page.SIZE;

  private Path folder = Path.of("");

  @SuppressWarnings("NullAway.Init") // set before every use, by the harness
  private MappedImage image;

  /** Writes the image. */
  @Setup
  public void write() throws IOException {
    folder = Files.createTempDirectory("digest");
    image = MappedImage.open(Images.sparse(folder.resolve("a.raw"), PAGES, 1, 1));
  }

  /** Removes it. */
  @TearDown
  public void remove() throws IOException {
    image.close();
    Partials.deleteTree(folder);
  }

  /** On one core. */
  @Benchmark
  @OperationsPerInvocation(BYTES)
  public void oneCore(Blackhole sink) {
    for (long at = 0; at < BYTES; at += ChunkDigests.CHUNK) {
      sink.consume(ImageDigest.chunk(image.segment(), at, ChunkDigests.CHUNK));
    }
  }

  /** On all cores. */
  @Benchmark
  @OperationsPerInvocation(BYTES)
  public Digest allCores() throws IOException {
    return ImageDigest.of(image).image();
  }
}
