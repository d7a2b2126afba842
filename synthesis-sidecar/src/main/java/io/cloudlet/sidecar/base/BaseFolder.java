package io.cloudlet.sidecar.base;

import io.cloudlet.sidecar.image.ChunkDigests;
import io.cloudlet.sidecar.image.Digest;
import io.cloudlet.sidecar.image.Folders;
import io.cloudlet.sidecar.image.MappedImage;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Stream;

/** The last steps before a base VM's folder, whose images and blobs are there, gets its name. */
final class BaseFolder {
  private final BaseFiles files;

  BaseFolder(BaseFiles files) {
    this.files = files;
  }

  /**
   * Adds manifest, chunk digests, name and index; makes all files read-only and flushes them.
   *
   * @return the base VM's digest
   */
  Digest complete(byte[] manifest, List<ChunkDigests> chunks, BaseName name) throws IOException {
    Digest digest = Digest.sha256(manifest);
    Files.write(files.manifest(), manifest);
    ChunkList.write(files.chunks(), chunks);
    Files.writeString(files.name(), name + "\n");
    buildIndex(digest, ManifestJson.read(manifest, files.manifest().toString(), 0));
    protectAndFlush();
    return digest;
  }

  private void buildIndex(Digest digest, BaseManifest manifest) throws IOException {
    List<MappedImage> images = BaseVm.openImages(files, manifest);
    try {
      PageIndexBuilder.build(files.index(), digest, images);
    } finally {
      images.forEach(MappedImage::close);
    }
  }

  private void protectAndFlush() throws IOException {
    List<Path> all;
    try (Stream<Path> tree = Files.walk(files.folder())) {
      all = tree.toList();
    }
    for (Path path : all) {
      if (Files.isDirectory(path)) {
        Folders.force(path);
      } else {
        Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("r--------"));
        try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
          channel.force(true);
        }
      }
    }
  }
}
