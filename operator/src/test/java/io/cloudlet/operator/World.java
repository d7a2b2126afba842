package io.cloudlet.operator;

import io.cloudlet.api.v1alpha1.BaseVM;
import io.cloudlet.api.v1alpha1.CloudletNode;
import io.cloudlet.api.v1alpha1.Condition;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import org.assertj.core.api.ThrowingConsumer;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionTimeoutException;
import org.jspecify.annotations.Nullable;

/** A cluster with everything installed and an operator that is alone. */
final class World implements AutoCloseable {
  static final String NAMESPACE = "shops";
  static final String SYSTEM = "cloudlet-system";

  private final KubernetesClient client;
  private final List<Operator> operators = new ArrayList<>();

  private World(KubernetesClient client) {
    this.client = client;
  }

  /** With the definitions and namespaces, and without an operator. */
  static World install(String kubeConfig) {
    KubernetesClient client = Installation.client(kubeConfig);
    Installation.namespace(client, NAMESPACE);
    Installation.namespace(client, SYSTEM);
    Installation.crds(client);
    return new World(client);
  }

  /** With an operator. */
  static World start(String kubeConfig) throws Exception {
    World world = install(kubeConfig);
    world.operate(OperatorConfig.alone(SYSTEM, "test"), world.client);
    return world;
  }

  Operator operate(OperatorConfig config, KubernetesClient as) throws Exception {
    Operator operator = new Operator(config, as);
    operators.add(operator);
    operator.start();
    return operator;
  }

  KubernetesClient client() {
    return client;
  }

  FakeAgent agent(String node, long memoryBytes) {
    return new FakeAgent(client, SYSTEM, node, memoryBytes).join();
  }

  <T extends HasMetadata> T create(T object) {
    return client.resource(object).create();
  }

  /** Something as it is now, which must exist. */
  <T extends HasMetadata> T now(T object) {
    return Objects.requireNonNull(client.resource(object).get());
  }

  CloudletNode node(String name) {
    return Objects.requireNonNull(client.resources(CloudletNode.class).withName(name).get());
  }

  /** Waits until an object is as it should be, and returns it then. */
  <T extends HasMetadata> T eventually(T object, ThrowingConsumer<T> assertions) {
    AtomicReference<@Nullable T> last = new AtomicReference<>();
    try {
      await(object, assertions, last);
    } catch (ConditionTimeoutException e) {
      throw new AssertionError(e.getMessage() + "\n" + Serialization.asYaml(now(object)), e);
    }
    return Objects.requireNonNull(last.get());
  }

  private <T extends HasMetadata> void await(
      T object, ThrowingConsumer<T> assertions, AtomicReference<@Nullable T> last) {
    Awaitility.await()
        .atMost(Duration.ofSeconds(20))
        .pollInterval(Duration.ofMillis(50))
        .ignoreExceptions()
        .untilAsserted(() -> {
          T now = now(object);
          assertions.accept(now);
          last.set(now);
        });
  }

  /** Waits until an object is gone. */
  void eventuallyGone(HasMetadata object) {
    try {
      Awaitility.await()
          .atMost(Duration.ofSeconds(20))
          .pollInterval(Duration.ofMillis(50))
          .until(() -> client.resource(object).get() == null);
    } catch (ConditionTimeoutException e) {
      throw new AssertionError("still there:\n" + Serialization.asYaml(now(object)), e);
    }
  }

  /** A base VM that an agent has made. */
  BaseVM readyBase(FakeAgent agent, String name, char digit) {
    BaseVM base = create(Samples.base(NAMESPACE, name));
    BaseVM placed = eventually(base, it -> requireNode(it.getStatus().node(), agent));
    agent.report(placed, Samples.readyBase(Samples.digest(digit)));
    return placed;
  }

  private static void requireNode(@Nullable String node, FakeAgent agent) {
    if (!agent.name().equals(node)) {
      throw new AssertionError("on node " + node);
    }
  }

  /** The reason of a condition. */
  static String reason(List<Condition> conditions, String type) {
    return Condition.find(conditions, type).map(Condition::reason).orElse("absent");
  }

  /** The message of a condition. */
  static String message(List<Condition> conditions, String type) {
    return Condition.find(conditions, type).map(Condition::message).orElse("absent");
  }

  @Override
  public void close() {
    operators.forEach(Operator::close);
    client.close();
  }
}
