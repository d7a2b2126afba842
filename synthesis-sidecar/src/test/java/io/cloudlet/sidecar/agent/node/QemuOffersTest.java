package io.cloudlet.sidecar.agent.node;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class QemuOffersTest {
  @Test
  void findsModelsAndNoFlags() {
    String help =
        """
        Available CPUs:
        x86 486                   (alias configured by machine type)
        x86 Broadwell-noTSX-IBRS  (alias of Broadwell-v4)
        x86 Haswell-v1            Intel Core Processor (Haswell)
        x86 qemu64                (alias configured by machine type)
        x86 host                  processor with all supported host features

        Recognized CPUID flags:
          3dnow 3dnowext
        """;
    assertThat(QemuOffers.models(help))
        .containsExactly("486", "Broadwell-noTSX-IBRS", "Haswell-v1", "qemu64", "host");
  }

  @Test
  void findsModelsOfNewerVersions() {
    String help =
        """
        Available CPUs:
          486                   (alias configured by machine type)
          qemu64-v1             QEMU Virtual CPU version 2.5+

        Recognized CPUID flags:
          3dnow
        """;
    assertThat(QemuOffers.models(help)).containsExactly("486", "qemu64-v1");
  }
}
