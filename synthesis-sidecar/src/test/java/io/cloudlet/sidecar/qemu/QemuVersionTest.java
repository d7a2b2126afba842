package io.cloudlet.sidecar.qemu;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class QemuVersionTest {
  @Test
  void isFoundInWhatQemuPrints() {
    assertThat(QemuVersion.find("QEMU emulator version 7.2.22 (Debian 1:7.2+dfsg-7)\nCopyright"))
        .contains(new QemuVersion(7, 2, 22));
    assertThat(QemuVersion.find("QEMU emulator version 10.0 (x)"))
        .contains(new QemuVersion(10, 0, 0));
    assertThat(QemuVersion.find("bash: not found")).isEmpty();
  }

  @Test
  void isOrderedByNumbersNotText() {
    QemuVersion version = new QemuVersion(10, 0, 2);
    assertThat(version.atLeast(8, 2)).isTrue();
    assertThat(version.atLeast(10, 0)).isTrue();
    assertThat(version.atLeast(10, 1)).isFalse();
    assertThat(version.machineType()).isEqualTo("pc-q35-10.0");
  }
}
