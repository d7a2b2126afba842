package io.cloudlet.sidecar.qemu;

import java.nio.file.Files;
import java.nio.file.Path;

/**
 * KVM's device, which containers of a machine that has it do not have unless it was given to them.
 *
 * @param file by which programs use it
 * @param inSysfs what the kernel shows of it, in containers as well
 */
public record KvmDevice(Path file, Path inSysfs) {
  /** Where Linux has them. */
  public static final KvmDevice OF_THIS_MACHINE =
      new KvmDevice(Path.of("/dev/kvm"), Path.of("/sys/class/misc/kvm"));

  /** Whether the machine has it, though maybe not this container. */
  public boolean isPresent() {
    return Files.exists(file) || Files.exists(inSysfs);
  }

  /** Why it cannot be used where it has no file. */
  String absence() {
    return Files.exists(inSysfs)
        ? "the machine has KVM, but this container has no "
            + file
            + "; if KVM is known to run guests here, say --accel=kvm"
        : "there is no " + file;
  }
}
