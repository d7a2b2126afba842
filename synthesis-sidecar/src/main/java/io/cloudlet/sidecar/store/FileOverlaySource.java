package io.cloudlet.sidecar.store;

import io.cloudlet.sidecar.image.CloudletException;
import io.cloudlet.sidecar.image.CorruptException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** An overlay in a local file. */
public final class FileOverlaySource implements OverlaySource {
  private final String name;
  private final FileChannel channel;
  private final long length;

  /** Takes the channel over. */
  FileOverlaySource(String name, FileChannel channel, long length) {
    this.name = name;
    this.channel = channel;
    this.length = length;
  }

  /**
   * Opens a regular file; the caller closes the source.
   *
   * @throws CloudletException when there is no such file, or it is a folder or a device
   */
  public static FileOverlaySource open(Path path) throws IOException {
    if (Files.exists(path) && !Files.isRegularFile(path)) {
      throw new CloudletException(path + " is not a file; name the overlay's file");
    }
    try {
      FileChannel channel = FileChannel.open(path, StandardOpenOption.READ);
      try {
        return new FileOverlaySource(path.toString(), channel, channel.size());
      } catch (IOException e) {
        channel.close();
        throw e;
      }
    } catch (NoSuchFileException e) {
      throw new CloudletException("there is no file " + path + "; check the path", e);
    }
  }

  @Override
  public long length() {
    return length;
  }

  @Override
  public void read(long offset, ByteBuffer destination) throws IOException {
    Ranges.check(this, offset, destination.remaining());
    long at = offset;
    while (destination.hasRemaining()) {
      int read = channel.read(destination, at);
      if (read < 0) {
        throw new CorruptException(
            describe(),
            at,
            "the file became shorter while it was read: " + length + " bytes before");
      }
      at += read;
    }
  }

  @Override
  public String describe() {
    return name;
  }

  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException e) {
      // Nothing was written through this channel, so nothing is lost when closing it fails.
      throw new UncheckedIOException(e);
    }
  }
}
