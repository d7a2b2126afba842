package io.cloudlet.operator;

import static org.assertj.core.api.Assertions.assertThat;

import io.cloudlet.operator.health.StatusServer;
import io.cloudlet.operator.health.Wellness;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class CheckTest {
  private final List<String> said = new ArrayList<>();
  private final Check impatient = new Check(said::add, Duration.ZERO, Duration.ZERO);

  @Test
  void saysThatAllAreReady() throws Exception {
    try (StatusServer one = server(List::of);
        StatusServer two = server(List::of)) {
      assertThat(impatient.run("check", url(one), url(two))).isZero();
      assertThat(said).containsExactly(url(one) + ": ready", url(two) + ": ready");
    }
  }

  @Test
  void saysWhatIsMissing() throws Exception {
    try (StatusServer server = server(() -> List.of("the API server is not being watched"))) {
      assertThat(impatient.run("check", url(server))).isEqualTo(1);
      assertThat(said).containsExactly(url(server) + ": 503 the API server is not being watched");
    }
  }

  @Test
  void waitsUntilItIsReady() throws Exception {
    var asked = new AtomicInteger();
    try (StatusServer server =
        server(() -> asked.incrementAndGet() < 3 ? List.of("starting") : List.of())) {
      Check patient = new Check(said::add, Duration.ofMinutes(1), Duration.ofMillis(1));
      assertThat(patient.run("check", url(server))).isZero();
      assertThat(asked).hasValue(3);
    }
  }

  @Test
  void saysThatNobodyAnswers() throws Exception {
    String url;
    try (StatusServer server = server(List::of)) {
      url = url(server);
    }
    assertThat(impatient.run("check", url)).isEqualTo(1);
    assertThat(said).singleElement().asString().startsWith(url + ": no answer: ");
  }

  @Test
  void refusesOtherArguments() throws Exception {
    assertThat(impatient.run("chek", "http://127.0.0.1/")).isEqualTo(2);
    assertThat(impatient.run("check")).isEqualTo(2);
    assertThat(impatient.run("check", "no url")).isEqualTo(2);
    assertThat(said).hasSize(3).allMatch(it -> it.startsWith("cloudlet-operator: "));
  }

  private interface Lacks {
    List<String> now();
  }

  private static StatusServer server(Lacks lacks) throws Exception {
    Wellness wellness =
        new Wellness() {
          @Override
          public List<String> failures() {
            return List.of();
          }

          @Override
          public List<String> lacks() {
            return lacks.now();
          }
        };
    return new StatusServer(0, wellness, () -> "");
  }

  private static String url(StatusServer server) {
    return "http://127.0.0.1:" + server.port() + "/readyz";
  }
}
