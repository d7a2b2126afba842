package io.cloudlet.sidecar.agent.vm;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class OwnerTest {
  private static final String UID = "0a1b2c3d-4e5f-6071-8293-a4b5c6d7e8f9";

  @Test
  void readsWhatItWrites() {
    Owner owner = new Owner("space", "web", UID);
    assertThat(Owner.parse(owner.toString())).contains(owner);
  }

  @Test
  void isNobodyWhereOthersWrote() {
    assertThat(Owner.parse(null)).isEmpty();
    assertThat(Owner.parse("demo")).isEmpty();
    assertThat(Owner.parse("basevm/a/b/c")).isEmpty();
  }

  @Test
  void namesItsVmWithinTheBounds() {
    assertThat(new Owner("space", "web", UID).vmName().text()).isEqualTo("web-0a1b2c3d");
    String long63 = "a".repeat(63);
    assertThat(new Owner("space", long63, UID).vmName().text()).hasSize(63).endsWith("-0a1b2c3d");
  }
}
