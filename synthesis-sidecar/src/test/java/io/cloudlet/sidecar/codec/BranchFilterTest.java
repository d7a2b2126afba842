package io.cloudlet.sidecar.codec;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.luben.zstd.Zstd;
import io.cloudlet.sidecar.image.Page;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.Test;

class BranchFilterTest {
  /** Bytes of which patterns and their exceptions are made. */
  private static final byte[] TELLING =
      HexFormat.of().parseHex("e8e90f80818f8b898d3b39ff05153d0000ff010102fefd7f");

  @Test
  void addressesBecomeAbsolute() {
    assertFiltered("e8 fbffffff 90", 0, "e8 00000000 90");
    assertFiltered("90 e9 10000000", 0x2000, "90 e9 16200000");
    assertFiltered("0f 84 10000000", 0x2000, "0f 84 16200000");
    assertFiltered("48 8b 05 f0ffffff", 0x100, "48 8b 05 f7000000");
    assertFiltered("ff 15 00000001", 0, "ff 15 00000001");
  }

  @Test
  void addressesAreSignedNumbersOf25Bits() {
    assertFiltered("e8 fbffff00", 0, "e8 000000ff");
    assertFiltered("e8 000000ff", 0, "e8 050000ff");
    assertFiltered("e8 00000000", (1 << 26) - 5, "e8 00000000");
  }

  @Test
  void otherBytesStay() {
    for (String code :
        new String[] {
          "e8 00000001", // too far
          "e8 000000", // no room
          "84 00000000 00", // the first byte of the opcode is missing
          "05 00000000 00",
          "8b 0d 00000002", // too far
          "8b 45 00000000", // other addressing
          "0f 90 00000000",
        }) {
      assertFiltered(code, 0x1000, code);
    }
  }

  /** The inverse has to find each place as the change found it, however places overlap. */
  @Test
  void everythingComesBack() {
    Random random = new Random(11);
    for (int round = 0; round < 200_000; round++) {
      byte[] content = new byte[random.nextInt(40)];
      for (int i = 0; i < content.length; i++) {
        content[i] = TELLING[random.nextInt(TELLING.length)];
      }
      assertComesBack(content, random.nextInt(1 << 26));
    }
  }

  @Test
  void codeAndNoiseComeBack() {
    Random random = new Random(12);
    for (int round = 0; round < 100; round++) {
      byte[] noise = new byte[Page.SIZE];
      random.nextBytes(noise);
      assertComesBack(noise, round * Page.SIZE);
      assertComesBack(new MachineCode(round).pages(3), round * Page.SIZE);
    }
  }

  @Test
  void realCodeComesBackAndShrinks() throws IOException {
    byte[] code;
    // The virtual machine that runs this is native code of the machine.
    Path library = Path.of(System.getProperty("java.home"), "lib", "server", "libjvm.so");
    try (InputStream in = Files.newInputStream(library)) {
      in.skipNBytes(6 << 20);
      code = in.readNBytes(1 << 20);
    }
    byte[] changed = code.clone();
    BranchFilter.apply(changed, changed.length, 0);
    if (System.getProperty("os.arch").equals("amd64")) {
      assertThat(BranchFilter.calls(code, code.length)).isGreaterThan(12 * 256);
      assertThat(Zstd.compress(changed, 9).length).isLessThan(Zstd.compress(code, 9).length);
    }
    assertComesBack(code, 0);
  }

  private static void assertComesBack(byte[] content, int position) {
    byte[] bytes = content.clone();
    BranchFilter.apply(bytes, bytes.length, position);
    BranchFilter.undo(bytes, bytes.length, position);
    assertThat(bytes).isEqualTo(content);
  }

  private static void assertFiltered(String content, int position, String expected) {
    byte[] bytes = HexFormat.of().parseHex(content.replace(" ", ""));
    BranchFilter.apply(bytes, bytes.length, position);
    assertThat(HexFormat.of().formatHex(bytes)).isEqualTo(expected.replace(" ", ""));
    BranchFilter.undo(bytes, bytes.length, position);
    assertThat(HexFormat.of().formatHex(bytes)).isEqualTo(content.replace(" ", ""));
  }
}
