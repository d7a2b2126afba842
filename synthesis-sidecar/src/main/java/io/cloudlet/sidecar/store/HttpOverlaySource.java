package io.cloudlet.sidecar.store;

import java.io.IOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;

/**
 * An overlay on an HTTP(S) server, read by ranges: each read is a request of its own, repeated from
 * where it broke off; as many run at a time as the policy has connections.
 */
public final class HttpOverlaySource implements OverlaySource {
  private final HttpTransport transport;
  private final RemoteFile file;
  private final FetchListener listener;
  private final AtomicLong fetched = new AtomicLong();

  private HttpOverlaySource(HttpTransport transport, RemoteFile file, FetchListener listener) {
    this.transport = transport;
    this.file = file;
    this.listener = listener;
  }

  /**
   * Opens a URL; the caller closes the source. When the server does not answer by ranges, this
   * fetches the whole file first, into a nameless file that is gone with the source.
   *
   * @param url http or https; user and password in it become a Basic authorization
   * @param folder has room for the file if it must be fetched as a whole
   * @throws RemoteFileException when the server has no such file, or does not answer
   */
  public static OverlaySource open(
      URI url, Path folder, HttpPolicy policy, HttpAccess access, FetchListener listener)
      throws IOException {
    RemoteUrl remote = RemoteUrl.of(url);
    HttpTransport transport = new HttpTransport(policy, access);
    try {
      Optional<RemoteFile> file = new RangeProbe(transport, policy, remote, listener).run();
      if (file.isPresent()) {
        return new HttpOverlaySource(transport, file.get(), listener);
      }
      listener.withoutRanges(remote.toString());
      OverlaySource copy =
          copy(new WholeDownload(transport, policy, remote, listener), remote, folder);
      transport.close();
      return copy;
    } catch (IOException | RuntimeException e) {
      transport.close();
      throw e;
    }
  }

  private static OverlaySource copy(WholeDownload download, RemoteUrl url, Path folder)
      throws IOException {
    Path name = Files.createTempFile(folder, "fetch-", ".tmp");
    FileChannel channel;
    try {
      channel = FileChannel.open(name, StandardOpenOption.READ, StandardOpenOption.WRITE);
    } finally {
      // Without a name from the start, nothing is left behind even by a killed process.
      Files.delete(name);
    }
    try {
      download.into(channel, Files.getFileStore(folder).getUsableSpace());
      return new FileOverlaySource(url.toString(), channel, channel.size());
    } catch (IOException | RuntimeException e) {
      channel.close();
      throw e;
    }
  }

  @Override
  public long length() {
    return file.version().length();
  }

  @Override
  public void read(long offset, ByteBuffer destination) throws IOException {
    int wanted = destination.remaining();
    Ranges.check(this, offset, wanted);
    file.read(offset, destination);
    listener.fetched(fetched.addAndGet(wanted), length());
  }

  @Override
  public String describe() {
    return file.url().toString();
  }

  @Override
  public void close() {
    transport.close();
  }
}
