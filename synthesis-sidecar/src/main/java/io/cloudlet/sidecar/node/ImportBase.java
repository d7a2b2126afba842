package io.cloudlet.sidecar.node;

import io.cloudlet.sidecar.base.BaseName;
import io.cloudlet.sidecar.base.BaseStore;
import io.cloudlet.sidecar.image.CloudletException;
import io.cloudlet.sidecar.image.Digest;
import io.cloudlet.sidecar.image.Partials;
import io.cloudlet.sidecar.store.HttpAccess;
import io.cloudlet.sidecar.store.HttpDownload;
import io.cloudlet.sidecar.store.HttpPolicy;
import io.cloudlet.sidecar.store.OverlaySources;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Adds a base VM from a package in a file or behind a URL. */
public final class ImportBase {
  private final DataDirectory data;
  private final HttpAccess access;
  private final Progress progress;

  /** In a data directory, from servers that ask for nothing. */
  public ImportBase(DataDirectory data, Progress progress) {
    this(data, HttpAccess.ANONYMOUS, progress);
  }

  /** In a data directory. */
  public ImportBase(DataDirectory data, HttpAccess access, Progress progress) {
    this.data = data;
    this.access = access;
    this.progress = progress;
  }

  /**
   * Does it; nothing of it remains when this fails, but what was fetched of a URL so far, for the
   * next try.
   *
   * @param name what to call it; null for what its maker called it
   */
  public Digest run(String location, @Nullable BaseName name) throws IOException {
    if (!OverlaySources.isUrl(location)) {
      return read(Path.of(location), name);
    }
    Path place = data.temporary().resolve(Downloads.PACKAGE + nameOf(location));
    Path fetched = Partials.siblingOf(place);
    try {
      fetch(location, fetched, place);
      return read(fetched, name);
    } finally {
      Files.deleteIfExists(fetched);
    }
  }

  private Digest read(Path file, @Nullable BaseName name) throws IOException {
    if (!Files.exists(file)) {
      throw new NotFoundException("there is no file " + file + "; check the path");
    }
    if (!Files.isRegularFile(file)) {
      throw new CloudletException(file + " is not a file; name the package's file");
    }
    try (Progress.Stage stage = progress.begin("importing", 0)) {
      return BaseStore.at(data.bases()).importFrom(file, name, stage::advance);
    }
  }

  private void fetch(String url, Path target, Path place) throws IOException {
    try (FetchProgress shown = FetchProgress.ofAll(progress)) {
      new HttpDownload(HttpPolicy.DEFAULT, access, shown).fetch(new URI(url), target, place);
    } catch (URISyntaxException e) {
      // Not the exception's own text: it repeats the URL with whatever secrets are in it.
      throw new CloudletException(
          "the URL has a wrong character at place " + e.getIndex() + "; escape it");
    }
  }

  /** The same for the same URL, so that an interrupted fetch is taken up again. */
  private static String nameOf(String url) {
    return Digest.sha256(url.getBytes(StandardCharsets.UTF_8)).shortHex();
  }
}
