package io.cloudlet.standalone.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

/** Machines that images can be made on. */
class ImageArchitectureTest {
  @Test
  void callsThemAsRegistriesDo() throws Exception {
    assertThat(Architecture.of("amd64").image()).isEqualTo("amd64");
    assertThat(Architecture.of("x86_64").image()).isEqualTo("amd64");
    assertThat(Architecture.of("aarch64").image()).isEqualTo("arm64");
  }

  @Test
  void refusesOthers() {
    assertThatThrownBy(() -> Architecture.of("riscv64"))
        .hasMessage("images are made for amd64 and arm64, not for riscv64; use such a machine");
  }
}
