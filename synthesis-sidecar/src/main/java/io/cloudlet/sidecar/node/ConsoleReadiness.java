package io.cloudlet.sidecar.node;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.regex.Pattern;

/** The serial console has printed something that matches a pattern. */
final class ConsoleReadiness implements Readiness {
  /** What is kept of the output: a match has to lie within it. */
  private static final int WINDOW = 64 << 10;

  private final Path log;
  private final Pattern pattern;
  private final StringBuilder recent = new StringBuilder();
  private long position;

  /**
   * Watches a console's log.
   *
   * @param log the file that QEMU writes, which may not exist yet
   * @param pattern may match anywhere in the output; {@code ^} and {@code $} match at lines
   */
  ConsoleReadiness(Path log, Pattern pattern) {
    this.log = log;
    this.pattern = Pattern.compile(pattern.pattern(), pattern.flags() | Pattern.MULTILINE);
  }

  @Override
  public boolean isThere() throws IOException {
    try (FileChannel channel = FileChannel.open(log, StandardOpenOption.READ)) {
      ByteBuffer buffer = ByteBuffer.allocate(WINDOW / 4);
      while (channel.read(buffer.clear(), position) > 0) {
        position += buffer.position();
        // Latin 1: a character per byte, so that nothing is cut in half between two reads.
        recent.append(StandardCharsets.ISO_8859_1.decode(buffer.flip()));
        if (pattern.matcher(recent).find()) {
          return true;
        }
        recent.delete(0, Math.max(0, recent.length() - WINDOW));
      }
      return false;
    } catch (NoSuchFileException e) {
      return false;
    }
  }

  @Override
  public String describe() {
    return "a console line matching '" + pattern + "'";
  }
}
