package io.cloudlet.sidecar.guest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class HostProgramTest {
  private static final Path ROOT = Path.of("/");

  private static HostProgram shell(Duration timeout) throws IOException {
    return HostProgram.find("sh", "dash", timeout);
  }

  @Test
  void returnsWhatTheProgramWrote() throws IOException {
    String output = shell(Duration.ofMinutes(1)).run(ROOT, List.of("-c", "pwd; echo noise >&2"));
    assertThat(output).isEqualTo("/\n");
  }

  @Test
  void failureShowsCodeAndStandardError() throws IOException {
    HostProgram shell = shell(Duration.ofMinutes(1));
    assertThatExceptionOfType(HostProgramException.class)
        .isThrownBy(() -> shell.run(ROOT, List.of("-c", "echo 'no space' >&2; exit 7")))
        .withMessageContaining("ended with code 7")
        .withMessageContaining("no space")
        .satisfies(e -> assertThat(e.output()).isEqualTo("no space"));
  }

  @Test
  void endsAProgramThatTakesTooLong() throws IOException {
    HostProgram shell = shell(Duration.ofMillis(50));
    assertThatExceptionOfType(HostProgramException.class)
        .isThrownBy(() -> shell.run(ROOT, List.of("-c", "sleep 600; true")))
        .withMessageContaining("did not end");
  }

  @Test
  void manyBytesOnBothStreamsDoNotBlock() throws IOException {
    String script = "head -c 3000000 /dev/zero >&2; head -c 3000000 /dev/zero";
    assertThat(shell(Duration.ofMinutes(1)).run(ROOT, List.of("-c", script))).hasSize(3_000_000);
  }

  @Test
  void missingProgramNamesThePackage() {
    assertThatExceptionOfType(MissingProgramException.class)
        .isThrownBy(() -> HostProgram.find("no-such-program", "the-package", Duration.ofSeconds(1)))
        .withMessageContaining("no-such-program")
        .withMessageContaining("apt-get install the-package");
  }
}
