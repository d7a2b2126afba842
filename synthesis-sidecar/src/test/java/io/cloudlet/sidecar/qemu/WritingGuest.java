package io.cloudlet.sidecar.qemu;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;

/**
 * A guest in one boot sector that writes to a megabyte of its memory as fast as it can, see
 * writer.s among the resources. Its writes go through few addresses, translated once.
 */
final class WritingGuest {
  private static final String BOOT_SECTOR =
      """
      fa31c08ed88ed0bc007ce4920c02e692660f0116787c0f20c00c010f22c066ea267c0000080066b810008ed8\
      8ec08ed031db43be00000001ff0681c60010000081fe0000100172f0f7c3ffff030075e266baf803b030eeb0\
      0aeeebd68d7426000000000000000000ffff0000009acf00ffff00000092cf001700607c\
      """;

  private WritingGuest() {}

  /** Boots and waits until it writes. */
  static TestVm boot(Path folder) throws IOException, InterruptedException {
    Files.createDirectories(folder);
    byte[] disk = Arrays.copyOf(HexFormat.of().parseHex(BOOT_SECTOR.strip()), 1 << 20);
    disk[510] = 0x55;
    disk[511] = (byte) 0xaa;
    Path base = Files.write(folder.resolve("base.raw"), disk);
    QemuBinary qemu = QemuBinary.detect();
    TestVm vm =
        TestVm.start(
            TestVm.files(folder, base),
            TestVm.command(qemu, CounterGuest.machine(qemu), null, false));
    Path console = vm.files().consoleLog();
    new Poll("the guest says nothing", TestVm.LIMIT)
        .until(() -> Files.exists(console) && Files.size(console) > 0);
    return vm;
  }
}
