package io.cloudlet.sidecar.guest;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class CpioWriterTest {
  @Test
  void writesHeadersAsTheKernelReadsThem() throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (CpioWriter archive = new CpioWriter(out)) {
      archive.file("init", "abc".getBytes(StandardCharsets.UTF_8), true);
    }
    String text = out.toString(StandardCharsets.ISO_8859_1);
    assertThat(text)
        .startsWith(
            "070701000000010000" // magic, inode, mode
                + "81ED0000000000000000000000010000000000000003"
                + "00000000000000000000000000000000000000050000"
                + "0000init\0\0abc\0"
                + "070701")
        .contains("TRAILER!!!\0");
    assertThat(out.size() % 4).isZero();
  }

  @Test
  void keepsContentOfEveryLength() throws IOException {
    Random random = new Random(11);
    Map<String, byte[]> files = new TreeMap<>();
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (CpioWriter archive = new CpioWriter(out)) {
      for (int i = 0; i < 50; i++) {
        byte[] content = new byte[random.nextInt(40)];
        random.nextBytes(content);
        String name = "x".repeat(1 + random.nextInt(9)) + i;
        files.put(name, content);
        archive.file(name, content, false);
      }
      archive.directory("folder");
      archive.link("link", "folder");
    }
    Map<String, byte[]> found = new CpioEntries(out.toByteArray()).read();
    assertThat(found.remove("folder")).isEmpty();
    assertThat(found.remove("link")).asString(StandardCharsets.UTF_8).isEqualTo("folder");
    assertThat(found).containsOnlyKeys(files.keySet());
    assertThat(found).allSatisfy((name, bytes) -> assertThat(bytes).isEqualTo(files.get(name)));
  }

  /** Reads an archive by the format's rules. */
  private static final class CpioEntries {
    private final byte[] archive;
    private int at;

    CpioEntries(byte[] archive) {
      this.archive = archive;
    }

    Map<String, byte[]> read() {
      Map<String, byte[]> entries = new TreeMap<>();
      while (true) {
        int header = at;
        int size = number(header + 54);
        int nameSize = number(header + 94);
        at += 110;
        String name = new String(take(nameSize), 0, nameSize - 1, StandardCharsets.UTF_8);
        if (name.equals("TRAILER!!!")) {
          return entries;
        }
        entries.put(name, take(size));
      }
    }

    private int number(int offset) {
      return Integer.parseInt(new String(archive, offset, 8, StandardCharsets.US_ASCII), 16);
    }

    private byte[] take(int size) {
      byte[] bytes = Arrays.copyOfRange(archive, at, at + size);
      at = (at + size + 3) & ~3;
      return bytes;
    }
  }
}
