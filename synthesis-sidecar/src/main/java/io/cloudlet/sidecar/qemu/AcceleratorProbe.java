package io.cloudlet.sidecar.qemu;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.cloudlet.sidecar.image.BootId;
import io.cloudlet.sidecar.qemu.KvmVerdict.Proof;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Finds out whether KVM really runs guests: there are machines whose {@code /dev/kvm} opens, starts
 * a guest and then takes minutes for what QEMU's translator does in a second.
 *
 * <p>The verdict is remembered for this boot of the machine and this version of QEMU. Thread-safe;
 * concurrent probes repeat each other's work.
 */
public final class AcceleratorProbe {
  /** A processor needs a twentieth of either. */
  private static final Duration LOOP_LIMIT = Duration.ofSeconds(5);

  private static final Duration KERNEL_LIMIT = Duration.ofSeconds(20);

  private final QemuBinary qemu;
  private final Path folder;
  private final KvmDevice device;
  private final Duration loopLimit;
  private final Duration kernelLimit;
  private final ObjectMapper json = new ObjectMapper();

  /**
   * Probes with one QEMU.
   *
   * @param folder where verdicts are remembered; is made when missing
   */
  public AcceleratorProbe(QemuBinary qemu, Path folder) {
    this(qemu, folder, KvmDevice.OF_THIS_MACHINE, LOOP_LIMIT, KERNEL_LIMIT);
  }

  AcceleratorProbe(
      QemuBinary qemu, Path folder, KvmDevice device, Duration loopLimit, Duration kernelLimit) {
    this.qemu = qemu;
    this.folder = folder;
    this.device = device;
    this.loopLimit = loopLimit;
    this.kernelLimit = kernelLimit;
  }

  /**
   * Tells what is known of KVM, and finds out what is not: takes up to 25 s the first time on a
   * machine whose KVM does not work, two seconds where it does.
   *
   * @param kernel a Linux kernel to boot for a proof; null when there is none
   */
  public KvmVerdict kvm(@Nullable Path kernel) throws IOException {
    Path file = device.file();
    if (!Files.exists(file)) {
      return new KvmVerdict(Proof.FAILED, device.absence());
    }
    if (!Files.isReadable(file) || !Files.isWritable(file)) {
      return new KvmVerdict(
          Proof.FAILED,
          file + " may not be opened; join its group: usermod --append --groups kvm $USER");
    }
    KvmVerdict known = remembered();
    if (known != null && (known.proof() != Proof.LOOP || kernel == null)) {
      return known;
    }
    return remember(probe(known, kernel));
  }

  private KvmVerdict probe(@Nullable KvmVerdict known, @Nullable Path kernel) throws IOException {
    if (known == null) {
      String failure = new ProbeRun(qemu, "kvm").loop(loopLimit);
      if (!failure.isEmpty()) {
        return new KvmVerdict(Proof.FAILED, "KVM does not run a simple loop: " + failure);
      }
    }
    if (kernel == null) {
      return new KvmVerdict(Proof.LOOP, "KVM runs a simple loop; no kernel was tried");
    }
    String failure = new ProbeRun(qemu, "kvm").kernel(kernel, kernelLimit);
    return failure.isEmpty()
        ? new KvmVerdict(Proof.KERNEL, "KVM has booted a kernel")
        : new KvmVerdict(Proof.FAILED, "KVM does not boot a kernel: " + failure);
  }

  private @Nullable KvmVerdict remembered() throws IOException {
    try {
      return json.readValue(memory().toFile(), KvmVerdict.class);
    } catch (IOException e) {
      return null; // Not there, or not whole: probing again mends both.
    }
  }

  private KvmVerdict remember(KvmVerdict verdict) throws IOException {
    Files.createDirectories(folder);
    Path partial = Files.createTempFile(folder, "kvm", ".partial");
    Files.write(partial, json.writeValueAsBytes(verdict));
    Files.move(partial, memory(), StandardCopyOption.ATOMIC_MOVE);
    return verdict;
  }

  private Path memory() throws IOException {
    return folder.resolve("kvm-" + BootId.current() + "-" + qemu.version() + ".json");
  }
}
