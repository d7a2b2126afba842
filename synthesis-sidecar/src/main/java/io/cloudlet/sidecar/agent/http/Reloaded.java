package io.cloudlet.sidecar.agent.http;

import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What files hold, read again when one of them has changed: certificates are replaced long before a
 * process ends. While the new ones cannot be used, the old ones stay. Thread-safe.
 */
final class Reloaded<T> {
  private static final Logger LOG = LoggerFactory.getLogger(Reloaded.class);

  /** Reads the files. */
  @FunctionalInterface
  interface Loader<T> {
    T load() throws IOException, GeneralSecurityException;
  }

  private final List<Path> files;
  private final Loader<T> loader;
  private List<FileStamp> stamps;
  private T current;

  /** Reads them for the first time, when they have to be right. */
  Reloaded(List<Path> files, Loader<T> loader) throws IOException, GeneralSecurityException {
    this.files = List.copyOf(files);
    this.loader = loader;
    this.stamps = stamps(files);
    this.current = loader.load();
  }

  /** What they hold now. */
  synchronized T get() {
    try {
      List<FileStamp> now = stamps(files);
      if (!now.equals(stamps)) {
        stamps = now;
        current = loader.load();
      }
    } catch (IOException | GeneralSecurityException e) {
      LOG.warn("{} cannot be used, the old ones stay: {}", files, e.getMessage());
    }
    return current;
  }

  private static List<FileStamp> stamps(List<Path> files) throws IOException {
    List<FileStamp> all = new ArrayList<>();
    for (Path file : files) {
      all.add(FileStamp.of(file));
    }
    return all;
  }
}
