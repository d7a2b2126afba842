package io.cloudlet.sidecar.machine;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** What executes the guest's instructions. A captured state resumes only under the same one. */
public enum Accelerator {
  /** QEMU's translator: runs everywhere. */
  TCG,
  /** The host kernel's virtualisation. */
  KVM;

  /** Reads {@code tcg} or {@code kvm}. */
  @JsonCreator
  public static Accelerator parse(String text) {
    return switch (text) {
      case "tcg" -> TCG;
      case "kvm" -> KVM;
      default -> throw new IllegalArgumentException("an accelerator is tcg or kvm: " + text);
    };
  }

  /** The name as QEMU, the manifests and the command line spell it. */
  @JsonValue
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
