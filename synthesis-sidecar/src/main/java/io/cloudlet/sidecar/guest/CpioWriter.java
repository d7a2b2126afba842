package io.cloudlet.sidecar.guest;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/**
 * Writes a cpio archive in the "new ASCII" format, as the kernel reads its initial RAM disk.
 *
 * <p>Layout of an entry: a header of 110 characters (the magic {@code 070701} and thirteen numbers
 * of eight hexadecimal digits), the name with a NUL, zeros up to a multiple of four, the content,
 * zeros up to a multiple of four. An entry named {@code TRAILER!!!} ends the archive. See the
 * kernel's Documentation/driver-api/early-userspace/buffer-format.rst.
 *
 * <p>All entries belong to root and carry no time, so equal content gives equal bytes. Not
 * thread-safe. The stream stays the caller's; {@link #close} writes the trailer only.
 */
final class CpioWriter implements AutoCloseable {
  private static final int HEADER = 110;
  private static final int DIRECTORY = 0040000;
  private static final int REGULAR = 0100000;
  private static final int SYMBOLIC_LINK = 0120000;

  private final OutputStream out;
  private int entries;

  CpioWriter(OutputStream out) {
    this.out = out;
  }

  /** Adds a folder; those above it have to be added before. */
  void directory(String name) throws IOException {
    entry(name, DIRECTORY | 0755, 2, new byte[0]);
  }

  /** Adds a file that everybody may read, and run when {@code executable}. */
  void file(String name, byte[] content, boolean executable) throws IOException {
    entry(name, REGULAR | (executable ? 0755 : 0644), 1, content);
  }

  /** Adds a symbolic link to {@code target}. */
  void link(String name, String target) throws IOException {
    entry(name, SYMBOLIC_LINK | 0777, 1, target.getBytes(StandardCharsets.UTF_8));
  }

  @Override
  public void close() throws IOException {
    entry("TRAILER!!!", 0, 1, new byte[0]);
  }

  private void entry(String name, int mode, int links, byte[] content) throws IOException {
    byte[] nameBytes = name.getBytes(StandardCharsets.UTF_8);
    int inode = ++entries;
    String header =
        String.format(
            Locale.ROOT,
            "070701%08X%08X%08X%08X%08X%08X%08X%08X%08X%08X%08X%08X%08X",
            inode,
            mode,
            0, // user
            0, // group
            links,
            0, // time
            content.length,
            0, // device, major and minor number
            0,
            0, // device that a special file stands for, major and minor number
            0,
            nameBytes.length + 1,
            0); // checksum: none in this variant
    out.write(header.getBytes(StandardCharsets.US_ASCII));
    out.write(nameBytes);
    out.write(0);
    pad(HEADER + nameBytes.length + 1);
    out.write(content);
    pad(content.length);
  }

  private void pad(int written) throws IOException {
    out.write(new byte[-written & 3]);
  }
}
