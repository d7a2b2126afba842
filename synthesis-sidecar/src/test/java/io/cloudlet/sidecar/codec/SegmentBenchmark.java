package io.cloudlet.sidecar.codec;

import io.cloudlet.sidecar.image.Digest;
import io.cloudlet.sidecar.image.Page;
import io.cloudlet.sidecar.overlay.Effort;
import io.cloudlet.sidecar.overlay.Segment;
import io.cloudlet.sidecar.overlay.SegmentCodec;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Random;
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
 * A segment of 2 MiB, half noise and half repetitive, in effort fast, on one core. An operation is
 * a byte, so the scores are GB/s.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(value = 1, jvmArgsAppend = "--enable-native-access=ALL-UNNAMED")
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class SegmentBenchmark {
  private static final int PAGES = 512;
  private static final int BYTES = PAGES * Page.SIZE;
  private static final int TARGET_PAGES = 16 * PAGES;

  private final Arena arena = Arena.ofShared();
  private final MemorySegment pages = arena.allocate(BYTES, Page.SIZE);
  private final MemorySegment decoded = arena.allocate(BYTES, Page.SIZE);
  private final MemorySegment target = arena.allocate((long) TARGET_PAGES * Page.SIZE, Page.SIZE);
  private final BasePages base = new BasePages(List.of());
  private final SegmentEncoder encoder = SegmentEncoder.of(Effort.FAST, base);
  private final SegmentDecoder decoder = new SegmentDecoder(base, "benchmark");
  private final ByteBuffer stored = ByteBuffer.allocateDirect(encoder.bound(BYTES));
  private final int[] places = new Random(2).ints(PAGES, 0, TARGET_PAGES).toArray();
  private Segment segment =
      new Segment(0, 0, 1, 0, PAGES, Digest.sha256(new byte[0]), SegmentCodec.plain(0));

  /** Makes the pages and their frame. */
  @Setup(Level.Trial)
  public void fill() {
    Random random = new Random(1);
    byte[] words = new byte[Page.SIZE / 2];
    for (int page = 0; page < PAGES; page++) {
      random.nextBytes(words);
      MemorySegment to = pages.asSlice((long) page * Page.SIZE, words.length);
      to.copyFrom(MemorySegment.ofArray(words));
    }
    SegmentCodec codec = encoder.encode(pages, List.of(), stored);
    stored.flip();
    segment = new Segment(0, 0, stored.limit(), 0, PAGES, segment.digest(), codec);
  }

  /** Frees native memory. */
  @TearDown
  public void close() {
    encoder.close();
    decoder.close();
    arena.close();
  }

  /** What a copy of the same bytes costs. */
  @Benchmark
  @OperationsPerInvocation(BYTES)
  public MemorySegment copy() {
    return decoded.copyFrom(pages);
  }

  /** Pages to a frame. */
  @Benchmark
  @OperationsPerInvocation(BYTES)
  public SegmentCodec encode() {
    ByteBuffer out = stored.duplicate().clear();
    return encoder.encode(pages, List.of(), out);
  }

  /** A frame to pages. */
  @Benchmark
  @OperationsPerInvocation(BYTES)
  public MemorySegment decode() throws IOException {
    decoder.decode(segment, stored, decoded);
    return decoded;
  }

  /** A frame to pages at scattered places of memory. */
  @Benchmark
  @OperationsPerInvocation(BYTES)
  public MemorySegment decodeAndPlace() throws IOException {
    decoder.decode(segment, stored, decoded);
    for (int page = 0; page < PAGES; page++) {
      long to = (long) places[page] * Page.SIZE;
      MemorySegment.copy(decoded, (long) page * Page.SIZE, target, to, Page.SIZE);
    }
    return target;
  }
}
