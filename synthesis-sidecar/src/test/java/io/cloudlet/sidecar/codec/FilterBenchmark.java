package io.cloudlet.sidecar.codec;

import io.cloudlet.sidecar.image.Page;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
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

/**
 * What the filters cost for 1 MiB of pages that look like code, on one core. An operation is a
 * byte, so the scores are GB/s.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(value = 1, jvmArgsAppend = "--enable-native-access=ALL-UNNAMED")
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class FilterBenchmark {
  private static final int PAGES = FilterRun.MOST_PAGES;
  private static final int BYTES = PAGES * Page.SIZE;
  private static final List<FilterRun> BRANCHES =
      List.of(new FilterRun(PageFilter.BRANCHES, 0, PAGES));
  private static final List<FilterRun> COLUMNS =
      List.of(new FilterRun(PageFilter.COLUMNS, 0, PAGES));

  private final Arena arena = Arena.ofShared();
  private final MemorySegment pages = arena.allocate(BYTES, Page.SIZE);
  private final Filters filters = new Filters();

  /** Makes the pages. */
  @Setup(Level.Trial)
  public void fill() {
    pages.copyFrom(MemorySegment.ofArray(new MachineCode(1).pages(PAGES)));
  }

  /** Frees native memory. */
  @TearDown
  public void close() {
    arena.close();
  }

  /** Relative addresses of code, whose bytes change with every call and stay code. */
  @Benchmark
  @OperationsPerInvocation(BYTES)
  public MemorySegment undoBranches() {
    filters.undo(pages, BRANCHES);
    return pages;
  }

  /** Numbers in columns. */
  @Benchmark
  @OperationsPerInvocation(BYTES)
  public MemorySegment undoColumns() {
    filters.undo(pages, COLUMNS);
    return pages;
  }
}
