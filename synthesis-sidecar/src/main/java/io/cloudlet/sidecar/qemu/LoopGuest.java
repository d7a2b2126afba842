package io.cloudlet.sidecar.qemu;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;

/**
 * A guest in one boot sector: a hundred million turns of a loop in protected mode, then it ends
 * QEMU. This takes a processor a fraction of a second, QEMU's translator about one, and a
 * hypervisor that emulates the guest's kernel instruction by instruction minutes.
 */
final class LoopGuest {
  /** QEMU's exit code when the guest has come through: {@code 2 * 0x2a + 1}. */
  static final int EXIT_CODE = 85;

  // loop.s among the test resources.
  private static final String BOOT_SECTOR =
      """
      fa31c08ed80f0116487c0f20c00c010f22c0ea177c080066b810008ed8b900e1f5\
      054975fd66baf400b02aeef4ebfd900000000000000000ffff0000009acf00ffff\
      00000092cf001700307c\
      """;

  private static final int DISK_BYTES = 1 << 20;

  private LoopGuest() {}

  static void writeDisk(Path file) throws IOException {
    try (RandomAccessFile disk = new RandomAccessFile(file.toFile(), "rw")) {
      disk.write(HexFormat.of().parseHex(BOOT_SECTOR));
      disk.seek(510);
      disk.write(new byte[] {0x55, (byte) 0xaa});
      disk.setLength(DISK_BYTES);
    }
  }

  static List<String> devices(String disk) {
    return List.of(
        "-device",
        "isa-debug-exit,iobase=0xf4,iosize=4",
        "-blockdev",
        "{\"driver\":\"raw\",\"node-name\":\"d\",\"read-only\":true,"
            + "\"file\":{\"driver\":\"file\",\"filename\":\""
            + disk
            + "\"}}",
        "-device",
        "virtio-blk-pci,drive=d,bootindex=0");
  }
}
