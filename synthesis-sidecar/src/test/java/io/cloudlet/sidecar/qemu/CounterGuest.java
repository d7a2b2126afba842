package io.cloudlet.sidecar.qemu;

import static org.assertj.core.api.Assertions.assertThat;

import io.cloudlet.sidecar.machine.Accelerator;
import io.cloudlet.sidecar.machine.Machine;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;

/** A guest in one boot sector that counts, see counter.s among the resources. */
public final class CounterGuest {
  static final long MEMORY = 64L << 20;
  static final long DISK = 16L << 20;

  private static final String BOOT_SECTOR =
      """
      31c08ed88ec08ed0bc007c8816757c66c70600060000000066ff060006668b1e00\
      0666891e0010b9080066c1c30488d8240f3c0a720204270430e82700e2ebb00ae8\
      200066a100066625ff0f00006683c04066a3807cb800438a16757cbe787ccd13eb\
      b4bafd0388c4eca82074fb88e0baf803eec3006690100001000010\
      """;

  private CounterGuest() {}

  /** Writes the base disk that a VM's qcow2 lies over. */
  public static Path writeBaseDisk(Path file) throws IOException {
    try (RandomAccessFile disk = new RandomAccessFile(file.toFile(), "rw")) {
      disk.write(HexFormat.of().parseHex(BOOT_SECTOR));
      disk.seek(510);
      disk.write(new byte[] {0x55, (byte) 0xaa});
      disk.setLength(DISK);
    }
    return file;
  }

  public static Machine machine(QemuBinary qemu) {
    return new Machine(
        Machine.LAYOUT,
        qemu.version().machineType(),
        "qemu64",
        1,
        MEMORY,
        Accelerator.TCG,
        List.of(),
        null,
        true);
  }

  /** The last number on the console; 0 when there is none yet. */
  public static long counter(VmFiles files) throws IOException {
    List<Long> all = counters(files);
    return all.isEmpty() ? 0 : all.getLast();
  }

  /** All whole numbers on the console. */
  public static List<Long> counters(VmFiles files) throws IOException {
    if (!Files.exists(files.consoleLog())) {
      return List.of();
    }
    String text = Files.readString(files.consoleLog(), StandardCharsets.ISO_8859_1);
    return text.lines()
        .limit(text.chars().filter(c -> c == '\n').count())
        .map(line -> HexFormat.fromHexDigitsToLong(line.strip()))
        .toList();
  }

  /** Waits until the guest has counted so far. */
  public static void awaitCounter(VmFiles files, long value) throws IOException {
    new Poll("the guest did not count to " + value, Duration.ofSeconds(60))
        .until(() -> counter(files) >= value);
    assertThat(counter(files)).isGreaterThanOrEqualTo(value);
  }
}
