package io.cloudlet.sidecar.node;

import io.cloudlet.sidecar.image.Digest;
import io.cloudlet.sidecar.image.Partials;
import io.cloudlet.sidecar.store.HttpAccess;
import io.cloudlet.sidecar.store.HttpDownload;
import io.cloudlet.sidecar.store.HttpPolicy;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;

/** Fetches the image of a disk whose digest is known. */
public final class FetchImage {
  private static final int BUFFER = 1 << 18;

  private final DataDirectory data;
  private final HttpAccess access;
  private final Progress progress;

  /** Into a data directory. */
  public FetchImage(DataDirectory data, HttpAccess access, Progress progress) {
    this.data = data;
    this.access = access;
    this.progress = progress;
  }

  /**
   * Does it. What a fetch that failed has brought is kept for the next one of the same digest, for
   * a day. Ends early when the thread is interrupted.
   *
   * @return the file; the caller closes it
   * @throws WrongDigestException when the server's file is another one
   * @throws io.cloudlet.sidecar.store.FetchBusyException when the same is being fetched already
   */
  public FetchedFile run(URI url, Digest digest) throws IOException {
    Path place = data.temporary().resolve(Downloads.IMAGE + digest.hex());
    Path fetched = Partials.siblingOf(place);
    boolean verified = false;
    try {
      try (FetchProgress shown = FetchProgress.ofAll(progress)) {
        new HttpDownload(HttpPolicy.DEFAULT, access, shown).fetch(url, fetched, place);
      }
      Digest found = digest(fetched);
      if (!found.equals(digest)) {
        throw new WrongDigestException(HttpDownload.label(url), digest, found);
      }
      verified = true;
      return new FetchedFile(fetched);
    } finally {
      if (!verified) {
        Files.deleteIfExists(fetched);
      }
    }
  }

  private Digest digest(Path file) throws IOException {
    MessageDigest sha256 = Digest.newSha256();
    byte[] buffer = new byte[BUFFER];
    try (InputStream in = Files.newInputStream(file);
        Progress.Stage stage = progress.begin("checking the digest", Files.size(file))) {
      for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
        if (Thread.currentThread().isInterrupted()) {
          throw new InterruptedIOException("interrupted while the digest was checked");
        }
        sha256.update(buffer, 0, read);
        stage.advance(read);
      }
    }
    return Digest.of(sha256.digest());
  }
}
