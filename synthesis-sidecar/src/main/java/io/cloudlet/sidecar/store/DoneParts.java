package io.cloudlet.sidecar.store;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.util.BitSet;
import java.util.List;

/**
 * Which parts of a file have been fetched, kept on disk.
 *
 * <p>A text file: the version of the remote file in the first line, with its URL unless a strong
 * ETag tells the version wherever the file lies; then the number of each part that is complete, one
 * per line, in the order of their arrival. A part is recorded after its bytes were written.
 * Thread-safe.
 */
final class DoneParts {
  /** Bytes of a part; the last one is shorter. */
  static final int PART = 4 << 20;

  /** Room for a million parts; what lies behind is fetched again. */
  private static final int LONGEST_LOG = 8 << 20;

  private final FileChannel log;
  private final BitSet done;
  private final long length;

  private DoneParts(FileChannel log, BitSet done, long length) {
    this.log = log;
    this.done = done;
    this.length = length;
  }

  /**
   * Goes on from what the file says, or begins it anew when it is about another version.
   *
   * @param log open for reading and writing; stays the caller's
   */
  static DoneParts resume(FileChannel log, RemoteFile file) throws IOException {
    FileVersion version = file.version();
    List<String> lines = read(log).lines().toList();
    BitSet done = new BitSet();
    // A version that nothing but its length tells from others may be another file.
    boolean known =
        version.ifRange().isPresent() && !lines.isEmpty() && lines.getFirst().equals(title(file));
    if (known) {
      mark(done, lines.subList(1, lines.size()), count(version.length()));
    } else {
      log.truncate(0);
    }
    log.position(log.size());
    DoneParts parts = new DoneParts(log, done, version.length());
    // A line that a killed process left without its end must not join with the next number.
    parts.append(known ? "\n" : title(file) + "\n");
    return parts;
  }

  /** Number of parts of the file. */
  int count() {
    return count(length);
  }

  /** Bytes of one part. */
  int size(int part) {
    return (int) Math.min(PART, length - (long) part * PART);
  }

  synchronized boolean has(int part) {
    return done.get(part);
  }

  /** Bytes of all parts that are complete. */
  synchronized long bytes() {
    return done.stream().mapToLong(this::size).sum();
  }

  /** Records a part whose bytes have been written. */
  synchronized void add(int part) throws IOException {
    append(part + ".\n");
    done.set(part);
  }

  private static String read(FileChannel log) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate((int) Math.min(log.size(), LONGEST_LOG));
    while (bytes.hasRemaining() && log.read(bytes, bytes.position()) >= 0) {}
    return StandardCharsets.UTF_8.decode(bytes.flip()).toString();
  }

  private void append(String text) throws IOException {
    ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
    while (bytes.hasRemaining()) {
      log.write(bytes);
    }
  }

  private static int count(long length) {
    return Math.toIntExact((length + PART - 1) / PART);
  }

  /** The full stop behind each number shows that none of its digits are missing. */
  private static void mark(BitSet done, List<String> lines, int count) {
    for (String line : lines) {
      if (line.matches("\\d{1,9}\\.")) {
        int part = Integer.parseInt(line.substring(0, line.length() - 1));
        if (part < count) {
          done.set(part);
        }
      }
    }
  }

  private static String title(RemoteFile file) {
    FileVersion version = file.version();
    boolean anywhere = version.etag().isPresent() && version.ifRange().equals(version.etag());
    return String.join(
        "\t",
        "parts of " + PART,
        anywhere ? "anywhere" : file.url().toString(),
        Long.toString(version.length()),
        version.etag().orElse(""),
        anywhere ? "" : version.lastModified().orElse(""));
  }
}
