package io.cloudlet.sidecar.cli.doctor;

import io.cloudlet.sidecar.qemu.AcceleratorProbe;
import io.cloudlet.sidecar.qemu.KvmVerdict;
import io.cloudlet.sidecar.qemu.QemuBinary;
import java.io.IOException;
import java.nio.file.Path;

/** Whether KVM really runs a guest: that /dev/kvm is there says little. */
final class KvmCheck {
  private static final String NAME = "KVM";
  private static final String REMEDY =
      "run on a machine with hardware virtualisation; without it QEMU translates, which is slower";

  private KvmCheck() {}

  static Finding look(Path root) {
    try {
      QemuBinary qemu = QemuBinary.detect(QemuBinary.DEFAULT_COMMAND);
      Path verdicts = root.toAbsolutePath().resolve("cache");
      KvmVerdict verdict = new AcceleratorProbe(qemu, verdicts).kvm(null);
      return verdict.proof() == KvmVerdict.Proof.FAILED
          ? Finding.weak(NAME, verdict.reason(), REMEDY)
          : Finding.ok(NAME, verdict.reason());
    } catch (IOException e) {
      return Finding.weak(NAME, "cannot be tried: " + e.getMessage(), REMEDY);
    }
  }
}
