package io.cloudlet.sidecar.image;

import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * The kernels that run once per page, beside a copy of the same bytes.
 *
 * <p>An operation is a byte, so a score in operations per nanosecond is in GB/s. {@code .ci/jmh}
 * runs all benchmarks of this module.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(value = 1, jvmArgsAppend = "--enable-native-access=ALL-UNNAMED")
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class PageBenchmark {
  private static final int IN_CACHE = 64;
  private static final int IN_MEMORY = 16_384;

  /** Pages that are gone through: 256 KiB stay in a core's cache, 64 MiB do not. */
  @Param({"64", "16384"})
  private int pages;

  private Arena arena = Arena.global();
  private MemorySegment data = MemorySegment.NULL;
  private MemorySegment same = MemorySegment.NULL;
  private MemorySegment zeros = MemorySegment.NULL;

  /** Fills the memory. */
  @Setup
  public void fill() {
    if (pages != IN_CACHE && pages != IN_MEMORY) {
      throw new IllegalArgumentException("operations are counted for two sizes only");
    }
    arena = Arena.ofShared();
    long bytes = (long) pages << Page.SHIFT;
    data = arena.allocate(bytes, Page.SIZE);
    same = arena.allocate(bytes, Page.SIZE);
    zeros = arena.allocate(bytes, Page.SIZE);
    RandomGenerator random = Images.random(1);
    for (long i = 0; i < bytes / Long.BYTES; i++) {
      data.setAtIndex(JAVA_LONG, i, random.nextLong());
    }
    same.copyFrom(data);
  }

  /** Frees the memory. */
  @TearDown
  public void free() {
    arena.close();
  }

  private long offset(int page) {
    return (page & (pages - 1L)) << Page.SHIFT;
  }

  /** What the others are measured against. */
  @Benchmark
  @OperationsPerInvocation(IN_MEMORY * Page.SIZE)
  public MemorySegment memcpy() {
    for (int page = 0; page < IN_MEMORY; page++) {
      MemorySegment.copy(data, offset(page), same, offset(page), Page.SIZE);
    }
    return same;
  }

  /** Pages that are zero to their last byte. */
  @Benchmark
  @OperationsPerInvocation(IN_MEMORY * Page.SIZE)
  public int isZero() {
    int count = 0;
    for (int page = 0; page < IN_MEMORY; page++) {
      count += Page.isZero(zeros, offset(page)) ? 1 : 0;
    }
    return count;
  }

  /** Pages that are equal to their last byte. */
  @Benchmark
  @OperationsPerInvocation(IN_MEMORY * Page.SIZE)
  public int equal() {
    int count = 0;
    for (int page = 0; page < IN_MEMORY; page++) {
      count += Page.equal(data, offset(page), same, offset(page)) ? 1 : 0;
    }
    return count;
  }

  /** The hash that finds candidates. */
  @Benchmark
  @OperationsPerInvocation(IN_MEMORY * Page.SIZE)
  public long hash() {
    long sum = 0;
    for (int page = 0; page < IN_MEMORY; page++) {
      sum += Page.hash(data, offset(page));
    }
    return sum;
  }
}
