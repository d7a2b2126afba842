package io.cloudlet.sidecar.agent.base;

import io.cloudlet.api.v1alpha1.Download;
import io.cloudlet.api.v1alpha1.ImageSource;
import io.cloudlet.sidecar.agent.job.Desk;
import io.cloudlet.sidecar.image.Digest;
import io.cloudlet.sidecar.node.FetchImage;
import io.cloudlet.sidecar.node.FetchedFile;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/** The verified files that an image is booted from; gone when this is closed. For one thread. */
final class FetchedImage implements AutoCloseable {
  private final Deque<FetchedFile> files = new ArrayDeque<>();
  private final FetchedNames names = new FetchedNames();
  private final Path disk;
  private final @Nullable Path kernel;
  private final @Nullable Path initrd;

  /**
   * Fetches them, one after the other.
   *
   * @param fetch into a directory where the files can stay until they have been used
   */
  FetchedImage(ImageSource image, FetchImage fetch) throws IOException {
    try {
      disk = add(image.url(), image.digest(), fetch);
      kernel = add(image.kernel(), fetch);
      initrd = add(image.initrd(), fetch);
    } catch (IOException e) {
      try (this) {
        throw e;
      }
    }
  }

  private @Nullable Path add(@Nullable Download file, FetchImage fetch) throws IOException {
    return file == null ? null : add(file.url(), file.digest(), fetch);
  }

  private Path add(String url, String digest, FetchImage fetch) throws IOException {
    URI uri = ImageBoot.uri(url);
    FetchedFile file = fetch.run(uri, Digest.parse(digest));
    files.push(file);
    names.add(file.path(), uri);
    return file.path();
  }

  Path disk() {
    return disk;
  }

  @Nullable Path kernel() {
    return kernel;
  }

  @Nullable Path initrd() {
    return initrd;
  }

  /** Does something with the files; its errors call them by their URLs. */
  <T> T using(Desk.Part<T> work) throws IOException {
    try {
      return work.run();
    } catch (IOException e) {
      throw names.in(e);
    }
  }

  @Override
  public void close() throws IOException {
    while (!files.isEmpty()) {
      files.pop().close();
    }
  }
}
