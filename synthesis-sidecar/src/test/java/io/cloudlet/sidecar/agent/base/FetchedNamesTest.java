package io.cloudlet.sidecar.agent.base;

import static org.assertj.core.api.Assertions.assertThat;

import io.cloudlet.sidecar.agent.problem.Problem;
import io.cloudlet.sidecar.agent.problem.ProblemException;
import io.cloudlet.sidecar.image.UnsupportedQcow2Exception;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class FetchedNamesTest {
  private static final Path DISK = Path.of("/node/tmp/.partial-1-2-3-image");

  private final FetchedNames names = new FetchedNames();

  @BeforeEach
  void fetch() throws IOException {
    names.add(DISK, URI.create("https://user:secret@images.example.org/disk.qcow2"));
  }

  @Test
  void callsAFetchedFileByItsUrlWithoutItsSecrets() {
    IOException error = names.in(new UnsupportedQcow2Exception(DISK.toString(), "is encrypted"));
    assertThat(error).isInstanceOf(ProblemException.class);
    Problem problem = ((ProblemException) error).problem();
    assertThat(problem.reason()).isEqualTo("UnsupportedImage");
    assertThat(problem.retryable()).isFalse();
    assertThat(problem.message())
        .startsWith("https://images.example.org/disk.qcow2")
        .contains("is encrypted")
        .doesNotContain("/node/tmp", "secret");
  }

  @Test
  void leavesOtherErrorsAsTheyAre() {
    IOException error = new IOException("the guest has not booted");
    assertThat(names.in(error)).isSameAs(error);
    IOException silent = new IOException();
    assertThat(names.in(silent)).isSameAs(silent);
  }
}
