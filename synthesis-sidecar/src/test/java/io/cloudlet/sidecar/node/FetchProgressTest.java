package io.cloudlet.sidecar.node;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class FetchProgressTest {
  private final List<String> told = new ArrayList<>();

  /** Stages may not overlap. */
  private final Progress progress =
      (what, total) -> {
        told.add(what);
        return new Progress.Stage() {
          @Override
          public void advance(long bytes) {
            told.add("+" + bytes);
          }

          @Override
          public void close() {
            told.add("end");
          }
        };
      };

  @Test
  void saysThatAServerHasNotAnsweredYetUntilBytesCome() {
    try (FetchProgress fetch = FetchProgress.ofAll(progress)) {
      fetch.failed("http://a/b", "no bytes came for 20000 ms");
      fetch.failed("http://a/b", "no connection");
      fetch.fetched(7, 10);
      fetch.failed("http://a/b", "no connection");
      fetch.fetched(10, 10);
    }
    assertThat(told)
        .containsExactly(
            "no answer yet from http://a/b (no bytes came for 20000 ms), trying again",
            "end",
            "no answer yet from http://a/b (no connection), trying again",
            "end",
            "fetching",
            "+7",
            "+3",
            "end");
  }

  @Test
  void saysSoToWhomTheBytesAreNotShown() {
    try (FetchProgress fetch = FetchProgress.ofWhole(progress)) {
      fetch.failed("http://a/b", "no connection");
      fetch.fetched(7, 10);
    }
    assertThat(told)
        .containsExactly("no answer yet from http://a/b (no connection), trying again", "end");
  }
}
