package io.cloudlet.sidecar.base;

import io.cloudlet.sidecar.image.ChunkDigests;
import io.cloudlet.sidecar.image.CorruptException;
import io.cloudlet.sidecar.image.ImageDigest;
import io.cloudlet.sidecar.image.MappedImage;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.function.LongConsumer;

/** Compares all that a base VM's folder holds with its manifest. */
final class BaseVerification {
  private final BaseVm base;
  private final BaseFiles files;
  private final LongConsumer progress;

  BaseVerification(BaseVm base, BaseFiles files, LongConsumer progress) {
    this.base = base;
    this.files = files;
    this.progress = progress;
  }

  void run() throws IOException {
    for (BlobKind kind : BlobKind.values()) {
      Optional<Blob> blob = base.manifest().blob(kind);
      if (blob.isPresent()) {
        BlobFile.verify(files.blob(kind), blob.get());
        progress.accept(blob.get().length());
      }
    }
    List<BaseImage> images = base.manifest().images();
    List<ChunkDigests> expected = ChunkList.read(files.chunks(), images);
    for (int i = 0; i < images.size(); i++) {
      verify(base.image(i), expected.get(i));
    }
  }

  private void verify(MappedImage image, ChunkDigests expected) throws IOException {
    ChunkDigests actual = ImageDigest.of(image, progress);
    if (actual.firstDifference(expected).isPresent()) {
      long chunk = actual.firstDifference(expected).getAsLong();
      throw new CorruptException(
          image.path().toString(),
          chunk * ChunkDigests.CHUNK,
          "MiB " + chunk + " does not have its digest; remove this base VM and import it again");
    }
  }
}
