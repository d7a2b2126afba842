package io.cloudlet.sidecar.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cloudlet.sidecar.image.CorruptException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class ReadAheadSourceTest {
  private static final int BLOCK = 1000;

  private final FakeSource fake = new FakeSource(10_500);
  private final ReadAheadSource source = new ReadAheadSource(fake, BLOCK, 3);

  @Test
  void readsAnyRange() throws IOException {
    Random random = new Random(5);
    for (int i = 0; i < 500; i++) {
      int offset = random.nextInt(fake.content.length);
      int count = random.nextInt(fake.content.length - offset + 1);
      assertThat(read(offset, count))
          .isEqualTo(Arrays.copyOfRange(fake.content, offset, offset + count));
    }
  }

  @Test
  void smallReadsNearEachOtherAreOneRequest() throws IOException {
    read(10_100, 50);
    read(10_400, 100);
    read(10_000, 10);
    assertThat(fake.offsets).containsExactly(10_000L);
  }

  @Test
  void readsAheadOnlyOfWhoReadsInOrder() throws IOException {
    read(5_000, 10);
    assertThat(fake.offsets).containsExactly(5_000L);
    read(6_000, 10);
    for (long next = 6_000; next <= 9_000; next += BLOCK) {
      fake.await(next);
    }
    read(7_000, 10);
    fake.await(10_000);
    assertThat(fake.offsets).doesNotHaveDuplicates().hasSize(6);
  }

  @Test
  void holdsNoMoreThanItsBlocks() throws IOException {
    for (int pass = 0; pass < 2; pass++) {
      for (int offset = 0; offset < fake.content.length; offset += BLOCK) {
        read(offset, 1);
      }
    }
    assertThat(fake.offsets).hasSizeGreaterThan(11);
  }

  @Test
  void failuresSurfaceAndAreTriedAgain() throws IOException {
    fake.failing.add(3_000L);
    assertThatThrownBy(() -> read(2_500, 1_000)).hasMessage("broken at 3000");
    fake.failing.clear();
    assertThat(read(2_500, 1_000)).isEqualTo(Arrays.copyOfRange(fake.content, 2_500, 3_500));
  }

  @Test
  void refusesRangesPastTheEnd() {
    assertThatThrownBy(() -> read(10_499, 2)).isInstanceOf(CorruptException.class);
  }

  private byte[] read(long offset, int count) throws IOException {
    ByteBuffer buffer = ByteBuffer.allocate(count);
    source.read(offset, buffer);
    assertThat(buffer.hasRemaining()).isFalse();
    return buffer.array();
  }

  /** Remembers what it was asked for. */
  private static final class FakeSource implements OverlaySource {
    private final byte[] content;
    private final List<Long> offsets = new CopyOnWriteArrayList<>();
    private final Set<Long> failing = new ConcurrentSkipListSet<>();

    FakeSource(int length) {
      content = new byte[length];
      new Random(3).nextBytes(content);
    }

    @Override
    public long length() {
      return content.length;
    }

    @Override
    public void read(long offset, ByteBuffer destination) throws IOException {
      synchronized (this) {
        offsets.add(offset);
        notifyAll();
      }
      if (failing.contains(offset)) {
        throw new IOException("broken at " + offset);
      }
      destination.put(content, (int) offset, destination.remaining());
    }

    synchronized void await(long offset) {
      try {
        while (!offsets.contains(offset)) {
          wait();
        }
      } catch (InterruptedException e) {
        throw new AssertionError(e);
      }
    }

    @Override
    public String describe() {
      return "fake";
    }

    @Override
    public void close() {}
  }
}
