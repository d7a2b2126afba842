package io.cloudlet.sidecar.base;

import io.cloudlet.sidecar.image.CorruptException;
import io.cloudlet.sidecar.image.Digest;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * What a package of a base VM says at its beginning.
 *
 * @param base digest of the base VM, which is that of the manifest's bytes
 * @param manifest what the base VM is made of
 */
public record PackageHead(Digest base, BaseManifest manifest) {
  /** So many bytes of a package hold all of it. */
  public static final int MAX_BYTES = PackageFormat.HEADER + ManifestJson.MAX_BYTES;

  /**
   * Reads the first bytes of a package.
   *
   * @param bytes {@link #MAX_BYTES} of them, or as many as the package has
   * @param source for messages
   * @throws CorruptException when no package begins like this
   */
  public static PackageHead of(byte[] bytes, String source) throws IOException {
    return read(new ByteArrayInputStream(bytes), source);
  }

  /** Reads the beginning of a package. */
  public static PackageHead of(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      return read(in, file.toString());
    }
  }

  private static PackageHead read(InputStream in, String source) throws IOException {
    byte[] manifest = new PackageReader(in, source).readManifest();
    return new PackageHead(
        Digest.sha256(manifest), ManifestJson.read(manifest, source, PackageFormat.HEADER));
  }

  /**
   * The digest at the end of a package, which covers every byte of it: packages of one base VM may
   * differ, as its files have holes in other places on another machine.
   *
   * @throws CorruptException when the file does not end as a package does
   */
  public static Digest rootOf(Path file) throws IOException {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      long length = channel.size();
      ByteBuffer footer = PackageFormat.allocate(PackageFormat.FOOTER);
      if (length >= PackageFormat.HEADER + PackageFormat.FOOTER) {
        channel.read(footer, length - PackageFormat.FOOTER);
      }
      byte[] root = new byte[Digest.BYTES];
      footer.get(PackageFormat.FOOTER - Digest.BYTES, root);
      if (!footer.clear().equals(PackageFormat.footer(length, root))) {
        throw new CorruptException(file.toString(), length, "it does not end as a package does");
      }
      return Digest.of(root);
    }
  }
}
