package io.cloudlet.sidecar.qemu;

import static org.assertj.core.api.Assertions.assertThat;

import io.cloudlet.sidecar.machine.Accelerator;
import io.cloudlet.sidecar.qemu.KvmVerdict.Proof;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** With shell scripts in the place of QEMU, and a file in the place of the device. */
class AcceleratorProbeTest {
  private static final String LOOPS = "case \"$*\" in *isa-debug-exit*) exit 85;; esac\n";
  private static final String BOOTS = "echo Linux version 6 >serial; exit 0\n";

  @TempDir private Path folder;

  @Test
  void trustsKvmThatBootsAKernel() throws IOException {
    KvmVerdict verdict = probe(LOOPS + BOOTS).kvm(Path.of("/boot/vmlinuz"));

    assertThat(verdict.proof()).isEqualTo(Proof.KERNEL);
    assertThat(verdict.accelerator()).isEqualTo(Accelerator.KVM);
  }

  @Test
  void doesNotTrustKvmThatNoKernelHasProven() throws IOException {
    KvmVerdict verdict = probe(LOOPS + BOOTS).kvm(null);

    assertThat(verdict.proof()).isEqualTo(Proof.LOOP);
    assertThat(verdict.accelerator()).isEqualTo(Accelerator.TCG);
  }

  @Test
  void doesNotWaitForKvmThatHangs() throws IOException {
    KvmVerdict verdict = probe("exec sleep 60").kvm(null);

    assertThat(verdict.proof()).isEqualTo(Proof.FAILED);
    assertThat(verdict.reason()).contains("did not come through within 2000 ms");
  }

  @Test
  void showsWhyQemuDoesNotRunIt() throws IOException {
    assertThat(probe("echo no MSR; exit 1").kvm(null).reason()).contains("no MSR");
    forget();
    assertThat(probe("exit 3").kvm(null).reason()).contains("code 3");
    forget();
    assertThat(probe(LOOPS + "exit 0").kvm(Path.of("/k")).reason()).contains("code 0");
  }

  @Test
  void remembersItsVerdict() throws IOException {
    assertThat(probe(LOOPS).kvm(null).proof()).isEqualTo(Proof.LOOP);
    assertThat(probe("exit 1").kvm(null).proof()).isEqualTo(Proof.LOOP);
    // The loop need not run again for a proof that goes further.
    assertThat(probe(BOOTS).kvm(Path.of("/k")).proof()).isEqualTo(Proof.KERNEL);
    assertThat(probe("exit 1").kvm(null).proof()).isEqualTo(Proof.KERNEL);
  }

  @Test
  void probesAgainWhenItsMemoryIsDamaged() throws IOException {
    assertThat(probe(LOOPS).kvm(null).proof()).isEqualTo(Proof.LOOP);
    try (DirectoryStream<Path> files = Files.newDirectoryStream(folder.resolve("verdicts"))) {
      for (Path file : files) {
        Files.writeString(file, "{\"proof\":");
      }
    }
    assertThat(probe("exit 1").kvm(null).proof()).isEqualTo(Proof.FAILED);
  }

  @Test
  void saysThatThereIsNoKvm() throws IOException {
    AcceleratorProbe probe =
        new AcceleratorProbe(
            new QemuBinary("qemu", new QemuVersion(7, 2, 0), true),
            folder,
            new KvmDevice(folder.resolve("missing"), folder.resolve("missing")),
            Duration.ofSeconds(2),
            Duration.ofSeconds(2));

    assertThat(probe.kvm(null).reason()).contains("there is no");
  }

  @Test
  void saysThatAContainerLacksTheDeviceOfItsMachine() throws IOException {
    KvmDevice device = new KvmDevice(folder.resolve("missing"), folder);
    AcceleratorProbe probe =
        new AcceleratorProbe(
            new QemuBinary("qemu", new QemuVersion(7, 2, 0), true),
            folder,
            device,
            Duration.ofSeconds(2),
            Duration.ofSeconds(2));

    assertThat(device.isPresent()).isTrue();
    assertThat(probe.kvm(null).reason())
        .contains("the machine has KVM, but this container has no", "--accel=kvm");
  }

  private AcceleratorProbe probe(String script) throws IOException {
    Path program = Files.createTempFile(folder, "qemu", ".sh");
    Files.writeString(program, "#!/bin/sh\n" + script + "\n");
    Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwxr-xr-x"));
    Path device = folder.resolve("kvm");
    Files.writeString(device, "");
    return new AcceleratorProbe(
        new QemuBinary(program.toString(), new QemuVersion(7, 2, 0), true),
        folder.resolve("verdicts"),
        new KvmDevice(device, device),
        Duration.ofSeconds(2),
        Duration.ofSeconds(2));
  }

  private void forget() throws IOException {
    try (DirectoryStream<Path> files = Files.newDirectoryStream(folder.resolve("verdicts"))) {
      for (Path file : files) {
        Files.delete(file);
      }
    }
  }
}
