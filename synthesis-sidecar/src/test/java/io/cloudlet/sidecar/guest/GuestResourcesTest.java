package io.cloudlet.sidecar.guest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GuestResourcesTest {
  /** In a jar, unlike in a folder of classes, a name with dots in its path finds nothing. */
  @ParameterizedTest
  @ValueSource(strings = {".", "small/..", "./small"})
  void refusesPathsThatAJarDoesNotHave(String folder) {
    assertThatIllegalArgumentException().isThrownBy(() -> new GuestResources(folder));
  }

  @Test
  void digestsDependOnTheFiles() {
    GuestResources small = new GuestResources("small");
    assertThat(small.digest(List.of("etc/boot"), List.of()))
        .isNotEqualTo(small.digest(List.of("etc/inittab"), List.of()));
  }
}
