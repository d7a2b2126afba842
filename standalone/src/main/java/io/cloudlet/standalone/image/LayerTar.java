package io.cloudlet.standalone.image;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.Map;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;

/**
 * A layer as a tar file: the same bytes whenever and by whomever it is written.
 *
 * @param file where it lies
 * @param digest SHA-256 in hexadecimal digits
 */
record LayerTar(Path file, String digest) {
  /** Writes a layer whose entries all have the same time. */
  static LayerTar write(Layer layer, Instant time, Path file) throws IOException {
    try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file), 1 << 20);
        TarArchiveOutputStream tar = open(out)) {
      for (Map.Entry<String, LayerEntry> entry : layer.entries().entrySet()) {
        put(tar, entry.getKey(), entry.getValue(), time);
      }
    }
    return new LayerTar(file, Sha256.of(file));
  }

  /** In the POSIX format, which every runtime reads, long names included. */
  static TarArchiveOutputStream open(OutputStream out) {
    TarArchiveOutputStream tar = new TarArchiveOutputStream(out, StandardCharsets.UTF_8.name());
    tar.setLongFileMode(TarArchiveOutputStream.LONGFILE_POSIX);
    tar.setBigNumberMode(TarArchiveOutputStream.BIGNUMBER_POSIX);
    return tar;
  }

  /** A header with nothing in it that depends on the machine. */
  static TarArchiveEntry header(String name, byte type, int mode, Instant time) {
    TarArchiveEntry header = new TarArchiveEntry(name, type);
    header.setMode(mode);
    header.setIds(0, 0);
    header.setNames("", "");
    header.setLastModifiedTime(FileTime.from(time));
    return header;
  }

  private static void put(TarArchiveOutputStream tar, String path, LayerEntry entry, Instant time)
      throws IOException {
    switch (entry) {
      case LayerEntry.Folder(int mode) -> {
        tar.putArchiveEntry(header(path + "/", TarConstants.LF_DIR, mode, time));
      }
      case LayerEntry.Link(String target) -> {
        TarArchiveEntry header = header(path, TarConstants.LF_SYMLINK, 0777, time);
        header.setLinkName(target);
        tar.putArchiveEntry(header);
      }
      case LayerEntry.Text(String content, int mode) -> {
        byte[] bytes = content.getBytes(StandardCharsets.UTF_8);
        TarArchiveEntry header = header(path, TarConstants.LF_NORMAL, mode, time);
        header.setSize(bytes.length);
        tar.putArchiveEntry(header);
        tar.write(bytes);
      }
      case LayerEntry.Copied(Path file, int mode) -> {
        TarArchiveEntry header = header(path, TarConstants.LF_NORMAL, mode, time);
        header.setSize(Files.size(file));
        tar.putArchiveEntry(header);
        Files.copy(file, tar);
      }
    }
    tar.closeArchiveEntry();
  }
}
