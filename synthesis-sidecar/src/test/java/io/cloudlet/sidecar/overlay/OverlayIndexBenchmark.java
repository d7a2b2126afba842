package io.cloudlet.sidecar.overlay;

import io.cloudlet.sidecar.image.CorruptException;
import io.cloudlet.sidecar.image.Page;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * The index of two images, 28 MB of pages in runs of 15. An operation is a byte of the pages that
 * are looked up or described, so the scores are GB/s.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(value = 1, jvmArgsAppend = "--enable-native-access=ALL-UNNAMED")
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class OverlayIndexBenchmark {
  private static final int FIRST = 5000;
  private static final int SECOND = 2001;
  private static final int SLOTS = 900;

  private final OverlayManifest manifest = new SampleOverlay(1).manifest(List.of());
  private final ImageRuns runs = SampleOverlay.runs(new Random(1), FIRST, SLOTS);
  private final byte[] index =
      IndexCodec.encode(
          new OverlayIndex(List.of(runs, SampleOverlay.runs(new Random(2), SECOND, SLOTS))), 2);
  private final int[] order = new Random(3).ints(FIRST, 0, FIRST).toArray();

  /** Which run holds a page, in random order. */
  @Benchmark
  @OperationsPerInvocation(FIRST * Page.SIZE)
  public int find() {
    int sum = 0;
    for (int page : order) {
      sum += runs.find(page);
    }
    return sum;
  }

  /** Reading an unpacked index. */
  @Benchmark
  @OperationsPerInvocation((FIRST + SECOND) * Page.SIZE)
  public OverlayIndex read() throws CorruptException {
    return IndexCodec.decode(new VarintReader(index, "index", "memory", 0), manifest, SLOTS);
  }
}
