package io.cloudlet.sidecar.image;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Which boot of the machine this is: what was seen or written in another one may not hold now. */
public final class BootId {
  private static final Path FILE = Path.of("/proc/sys/kernel/random/boot_id");

  private BootId() {}

  /** The kernel's UUID of this boot. */
  public static String current() throws IOException {
    return Files.readString(FILE).strip();
  }
}
