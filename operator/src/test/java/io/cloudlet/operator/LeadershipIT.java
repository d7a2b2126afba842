package io.cloudlet.operator;

import static io.cloudlet.operator.World.NAMESPACE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.cloudlet.api.v1alpha1.Synthesis;
import io.cloudlet.operator.leader.Leadership;
import io.fabric8.kubeapitest.junit.EnableKubeAPIServer;
import io.fabric8.kubeapitest.junit.KubeConfig;
import io.fabric8.kubernetes.api.model.coordination.v1.Lease;
import io.fabric8.kubernetes.client.dsl.Resource;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Several operators, of which one works. */
@EnableKubeAPIServer
@SuppressWarnings("NullAway.Init")
class LeadershipIT {
  /** Long, so that a successor who is quick has not waited for the Lease to expire. */
  private static final OperatorConfig.LeaseTimes TIMES =
      new OperatorConfig.LeaseTimes(
          Duration.ofSeconds(40), Duration.ofSeconds(30), Duration.ofMillis(500));

  @KubeConfig static String kubeConfig;

  private static World world;

  @BeforeAll
  static void install() {
    world = World.install(kubeConfig);
  }

  @AfterAll
  static void stop() {
    world.close();
  }

  @Test
  void worksAloneHandsOverAndEndsWhenItIsReplaced() throws Exception {
    Operator one = world.operate(config("one"), world.client());
    awaitLeader("one");
    Operator two = world.operate(config("two").withPort(0), world.client());

    Synthesis first = world.create(Samples.ofBase(NAMESPACE, "first", "debian"));
    assertThat(reporters(first)).containsOnly("one");
    assertThat(get(two, "/readyz")).isEqualTo(200);

    one.close();
    awaitLeader("two");
    Synthesis second = world.create(Samples.ofBase(NAMESPACE, "second", "debian"));
    assertThat(reporters(second)).containsOnly("two");
    assertThat(get(two, "/healthz")).isEqualTo(200);
    assertThat(body(two, "/metrics"))
        .contains("cloudlet_resources{kind=\"Synthesis\",phase=\"Pending\"} 2.0")
        .contains("cloudlet_nodes{state=\"alive\"} 0.0")
        .contains("reconciliations");

    steal();
    Assertions.assertThatThrownBy(() -> two.ended().toCompletableFuture().get(60, TimeUnit.SECONDS))
        .isInstanceOf(ExecutionException.class)
        .hasMessageContaining("another operator is the leader now");
    assertThat(get(two, "/healthz")).isEqualTo(503);
    two.close();
    assertThat(lease().get().getSpec().getHolderIdentity()).isEqualTo("thief");
  }

  private static OperatorConfig config(String identity) {
    return OperatorConfig.alone(World.SYSTEM, identity).withLeaderElection(TIMES);
  }

  private static Resource<Lease> lease() {
    return world.client().leases().inNamespace(World.SYSTEM).withName(Leadership.LEASE);
  }

  private static void awaitLeader(String identity) {
    await()
        .atMost(Duration.ofSeconds(20))
        .ignoreExceptions()
        .until(() -> identity.equals(lease().get().getSpec().getHolderIdentity()));
  }

  private static void steal() {
    lease()
        .edit(it -> {
          it.getSpec().setHolderIdentity("thief");
          it.getSpec().setRenewTime(ZonedDateTime.now(ZoneOffset.UTC).plusMinutes(5));
          return it;
        });
  }

  private static List<String> reporters(Synthesis about) {
    return await()
        .atMost(Duration.ofSeconds(20))
        .until(
            () ->
                world
                    .client()
                    .events()
                    .v1()
                    .events()
                    .inNamespace(NAMESPACE)
                    .list()
                    .getItems()
                    .stream()
                    .filter(it -> about.getMetadata().getUid().equals(it.getRegarding().getUid()))
                    .map(it -> it.getReportingInstance())
                    .toList(),
            it -> !it.isEmpty());
  }

  private static int get(Operator operator, String path) throws Exception {
    return send(operator, path).statusCode();
  }

  private static String body(Operator operator, String path) throws Exception {
    return send(operator, path).body();
  }

  private static HttpResponse<String> send(Operator operator, String path) throws Exception {
    URI uri = URI.create("http://localhost:" + operator.port().orElseThrow() + path);
    try (HttpClient client = HttpClient.newHttpClient()) {
      return client.send(
          HttpRequest.newBuilder(uri).timeout(Duration.ofSeconds(10)).build(),
          HttpResponse.BodyHandlers.ofString());
    }
  }
}
