package io.cloudlet.operator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.JsonNode;
import io.cloudlet.api.v1alpha1.BaseVM;
import io.cloudlet.api.v1alpha1.Synthesis;
import io.cloudlet.api.v1alpha1.SynthesisStatusBuilder;
import io.fabric8.kubeapitest.junit.EnableKubeAPIServer;
import io.fabric8.kubeapitest.junit.KubeConfig;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.FieldValidateable.Validation;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What a real API server takes, refuses in words, and selects, by the definitions alone. */
@EnableKubeAPIServer
@SuppressWarnings("NullAway.Init")
class ApiRulesIT {
  private static final String TABLE = "api-rules.yaml";

  @KubeConfig static String kubeConfig;

  private static World world;

  /** The table of rules. */
  record Rules(List<Rule> creations, List<Rule> edits) {}

  /**
   * A row.
   *
   * @param then what the spec is changed to
   * @param says what the answer has in it; absent when it is accepted
   */
  record Rule(
      @JsonProperty(required = true) String kind,
      @Nullable String name,
      JsonNode spec,
      @Nullable JsonNode then,
      @Nullable String says) {
    GenericKubernetesResource with(@Nullable JsonNode what) {
      GenericKubernetesResource object = new GenericKubernetesResource();
      object.setApiVersion("cloudlet.io/v1alpha1");
      object.setKind(kind);
      object.setMetadata(
          new ObjectMetaBuilder()
              .withName(name == null ? "t" : name)
              .withNamespace(World.NAMESPACE)
              .build());
      object.setAdditionalProperty("spec", what);
      return object;
    }
  }

  @BeforeAll
  static void install() {
    world = World.install(kubeConfig);
  }

  @AfterAll
  static void stop() {
    world.close();
  }

  private static Rules table() throws IOException {
    try (InputStream in = Objects.requireNonNull(ApiRulesIT.class.getResourceAsStream(TABLE))) {
      String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      return Serialization.unmarshal(
          text.replace("$DIGEST", Samples.digest('a'))
              .replace("$OTHER_DIGEST", Samples.digest('b')),
          Rules.class);
    }
  }

  private static Stream<Rule> creations() throws IOException {
    return table().creations().stream();
  }

  private static Stream<Rule> edits() throws IOException {
    return table().edits().stream();
  }

  @ParameterizedTest
  @MethodSource("creations")
  void takesOrRefusesWhatIsCreated(Rule rule) {
    check(
        rule,
        () ->
            world
                .client()
                .resource(rule.with(rule.spec()))
                .dryRun()
                .fieldValidation(Validation.STRICT)
                .create());
  }

  @ParameterizedTest
  @MethodSource("edits")
  void takesOrRefusesWhatIsChanged(Rule rule) {
    GenericKubernetesResource object = world.create(rule.with(rule.spec()));
    object.setAdditionalProperty("spec", rule.then());
    check(rule, () -> world.client().resource(object).update());
  }

  private static void check(Rule rule, Runnable request) {
    if (rule.says() == null) {
      request.run();
      return;
    }
    assertThatThrownBy(request::run)
        .isInstanceOf(KubernetesClientException.class)
        .hasMessageContaining(rule.says());
  }

  @Test
  void selectsByNode() {
    for (String node : List.of("node-1", "node-2")) {
      Synthesis synthesis =
          world.create(Samples.ofBase(World.NAMESPACE, "selected-" + node, "debian"));
      synthesis.setStatus(new SynthesisStatusBuilder().node(node).build());
      var _ = world.client().resource(synthesis).updateStatus();
    }

    assertThat(on(Synthesis.class, "node-1")).containsExactly("selected-node-1");
    assertThat(on(Synthesis.class, "node-3")).isEmpty();
    assertThat(on(BaseVM.class, "node-1")).isEmpty();
  }

  private static <T extends HasMetadata> List<String> on(Class<T> kind, String node) {
    return world
        .client()
        .resources(kind)
        .inAnyNamespace()
        .withField("status.node", node)
        .list()
        .getItems()
        .stream()
        .map(it -> it.getMetadata().getName())
        .toList();
  }
}
