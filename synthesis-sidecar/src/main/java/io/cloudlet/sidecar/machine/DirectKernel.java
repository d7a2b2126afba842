package io.cloudlet.sidecar.machine;

import java.util.Objects;

/**
 * The machine boots a kernel which QEMU loads, not a boot loader of the disk. The files themselves
 * are kept beside the manifest that embeds this.
 *
 * @param initrd whether there is an initial RAM disk
 * @param append the kernel's command line, at most 2047 printable ASCII characters
 */
public record DirectKernel(boolean initrd, String append) {
  /** Longest command line that x86 Linux takes. */
  public static final int MAX_APPEND = 2047;

  /** Checks the command line. */
  public DirectKernel {
    Objects.requireNonNull(append, "machine.directKernel.append");
    if (append.length() > MAX_APPEND) {
      throw new IllegalArgumentException(
          "a kernel command line has at most " + MAX_APPEND + " characters: " + append.length());
    }
    if (!append.chars().allMatch(c -> c >= ' ' && c < 127)) {
      throw new IllegalArgumentException("a kernel command line is printable ASCII");
    }
  }
}
