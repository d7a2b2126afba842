package io.cloudlet.sidecar.qemu;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.channels.WritableByteChannel;

/** Tells a {@link StallGuard} of each write, and marks its errors as those of the far end. */
final class GuardedChannel implements WritableByteChannel {
  /** The far end does not read on. */
  static final class WriteException extends IOException {
    private static final long serialVersionUID = 1L;

    WriteException(IOException cause) {
      super(cause);
    }
  }

  private final SocketChannel stream;
  private final StallGuard guard;

  GuardedChannel(SocketChannel stream, StallGuard guard) {
    this.stream = stream;
    this.guard = guard;
  }

  @Override
  public int write(ByteBuffer source) throws IOException {
    try {
      guard.progress();
      int written = stream.write(source);
      guard.progress();
      return written;
    } catch (IOException e) {
      throw new WriteException(e);
    }
  }

  @Override
  public boolean isOpen() {
    return stream.isOpen();
  }

  @Override
  public void close() throws IOException {
    stream.close();
  }
}
