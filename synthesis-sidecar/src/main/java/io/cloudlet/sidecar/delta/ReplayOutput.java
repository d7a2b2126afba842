package io.cloudlet.sidecar.delta;

import io.cloudlet.sidecar.image.Digest;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.security.MessageDigest;

/** A file written front to back in large pieces, digested on the way. For one thread. */
final class ReplayOutput {
  private static final int STAGED = 1 << 20;

  private final FileChannel channel;
  private final MessageDigest sha256 = Digest.newSha256();
  private final ByteBuffer staging = ByteBuffer.allocateDirect(STAGED).order(ByteOrder.BIG_ENDIAN);
  private long written;

  ReplayOutput(FileChannel channel) {
    this.channel = channel;
  }

  void put(byte[] bytes) throws IOException {
    put(MemorySegment.ofArray(bytes), 0, bytes.length);
  }

  void put(long number) throws IOException {
    room(Long.BYTES);
    staging.putLong(number);
  }

  void put(byte one) throws IOException {
    room(1);
    staging.put(one);
  }

  void put(MemorySegment data, long from, long length) throws IOException {
    for (long done = 0; done < length; ) {
      room(1);
      int part = (int) Math.min(length - done, staging.remaining());
      MemorySegment.copy(data, from + done, MemorySegment.ofBuffer(staging), 0, part);
      staging.position(staging.position() + part);
      done += part;
    }
  }

  /** Bytes put so far. */
  long length() {
    return written + staging.position();
  }

  /** Writes what is staged and returns the digest of all. */
  Digest finish() throws IOException {
    flush();
    return Digest.of(sha256.digest());
  }

  private void room(int bytes) throws IOException {
    if (staging.remaining() < bytes) {
      flush();
    }
  }

  private void flush() throws IOException {
    staging.flip();
    sha256.update(staging.duplicate());
    written += staging.remaining();
    while (staging.hasRemaining()) {
      channel.write(staging);
    }
    staging.clear();
  }
}
