package io.cloudlet.sidecar.store;

import io.cloudlet.sidecar.image.CloudletException;
import io.cloudlet.sidecar.image.UnwritableException;
import java.io.IOException;
import java.net.URI;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Optional;

/**
 * Fetches a remote file into a local one, by ranges on several connections; what a killed process
 * had fetched is not fetched again.
 *
 * <p>The same place may be used for the same content of several servers: what one has sent counts
 * for the next one when their strong ETags and lengths are equal, and is fetched anew otherwise.
 *
 * <p>Until the file is complete it lies in a place of its own as {@code NAME.download}, with its
 * progress in {@code NAME.download.parts}. The bytes are those that the server sent: whether they
 * are the right ones is for the reader of their format to verify.
 */
public final class HttpDownload {
  private final HttpPolicy policy;
  private final HttpAccess access;
  private final FetchListener listener;

  /** A downloader with this patience; the listener hears of progress. */
  public HttpDownload(HttpPolicy policy, HttpAccess access, FetchListener listener) {
    this.policy = policy;
    this.access = access;
    this.listener = listener;
  }

  /** Fetches with the place of what is not complete beside the target. */
  public void fetch(URI url, Path target) throws IOException {
    fetch(url, target, target);
  }

  /**
   * Fetches {@code url} into {@code target}, replacing it. Ends early when the thread is
   * interrupted.
   *
   * @param place where the file lies until it is complete, but for the endings of its name; the
   *     same for the next try, and on the target's file system
   * @throws RemoteFileException when the file cannot be had
   * @throws FetchBusyException when somebody is fetching into the same place
   */
  public void fetch(URI url, Path target, Path place) throws IOException {
    RemoteUrl remote = RemoteUrl.of(url);
    Path partial = place.resolveSibling(place.getFileName() + ".download");
    Path parts = place.resolveSibling(place.getFileName() + ".download.parts");
    // The lock lies on the file that is never renamed: who waits for it must not hold the target.
    try (FileChannel log = open(parts);
        FileLock _ = lock(log, remote)) {
      try (FileChannel file = open(partial)) {
        fetch(remote, file, log, partial);
        file.force(true);
      } catch (IOException e) {
        throw UnwritableException.of(partial, e);
      } finally {
        forgetEmpty(partial, parts);
      }
      Files.move(partial, target, StandardCopyOption.ATOMIC_MOVE);
      Files.delete(parts);
    }
    try (FileChannel folder = FileChannel.open(target.toAbsolutePath().getParent())) {
      folder.force(true);
    }
  }

  /** A URL for messages, without its secrets. */
  public static String label(URI url) throws CloudletException {
    return RemoteUrl.of(url).toString();
  }

  private void fetch(RemoteUrl url, FileChannel file, FileChannel log, Path partial)
      throws IOException {
    try (HttpTransport transport = new HttpTransport(policy, access)) {
      Optional<RemoteFile> ranged = new RangeProbe(transport, policy, url, listener).run();
      long room = Files.getFileStore(partial).getUsableSpace();
      if (ranged.isPresent()) {
        requireRoom(ranged.get(), room + file.size(), partial);
        DoneParts done = DoneParts.resume(log, ranged.get());
        new PartsDownload(ranged.get(), done, file, listener).run(policy.connections());
      } else {
        listener.withoutRanges(url.toString());
        new WholeDownload(transport, policy, url, listener).into(file, room);
      }
    }
  }

  /** Nothing that could be taken up again. */
  private static void forgetEmpty(Path partial, Path parts) throws IOException {
    if (Files.size(partial) == 0) {
      Files.delete(partial);
      Files.delete(parts);
    }
  }

  private static FileChannel open(Path path) throws IOException {
    return FileChannel.open(
        path, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
  }

  private static FileLock lock(FileChannel log, RemoteUrl url) throws IOException {
    try {
      FileLock lock = log.tryLock();
      if (lock != null) {
        return lock;
      }
    } catch (OverlappingFileLockException e) {
      // Held by this very process: as busy as if it were another.
    }
    throw new FetchBusyException(url.toString());
  }

  private static void requireRoom(RemoteFile file, long room, Path partial)
      throws CloudletException {
    long length = file.version().length();
    if (length > room) {
      throw new CloudletException(
          partial + " needs " + length + " bytes and its disk has " + room + " free; free some");
    }
  }
}
