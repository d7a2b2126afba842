package io.cloudlet.standalone.e2e;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.awaitility.core.ConditionTimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * What people do with resources: they write them, wait until they are as they shall be, and delete
 * them.
 *
 * @param client the administrator's
 * @param logs told with a wait that was in vain
 */
record Resources(KubernetesClient client, Supplier<String> logs) {
  static final String NAMESPACE = "default";
  private static final Duration PATIENCE = Lab.PATIENCE;

  /** Creates what people write. */
  <P extends HasMetadata> P create(Class<P> kind, String yaml) {
    return create(NAMESPACE, kind, yaml);
  }

  /** Creates what people write, in a namespace that there is. */
  <P extends HasMetadata> P create(String namespace, Class<P> kind, String yaml) {
    P object = Serialization.unmarshal(yaml, kind);
    object.getMetadata().setNamespace(namespace);
    return client.resource(object).create();
  }

  void createNamespace(String name) {
    client
        .resource(new NamespaceBuilder().withNewMetadata().withName(name).endMetadata().build())
        .create();
  }

  /** The object as it is now; null when it is gone. */
  <P extends HasMetadata> @Nullable P find(P object) {
    return client.resource(object).get();
  }

  /** Waits until the object is in a phase. */
  <P extends HasMetadata> P await(P object, String phase) {
    return await(object, phase, it -> Sighting.of(it).phase().equals(phase));
  }

  /** Waits until the object is as it shall be. */
  <P extends HasMetadata> P await(P object, String what, Predicate<P> state) {
    AtomicReference<P> last = new AtomicReference<>(object);
    try {
      patiently(what)
          .ignoreExceptions()
          .until(() -> {
            P now = find(object);
            if (now != null) {
              last.set(now);
            }
            return now != null && state.test(now);
          });
    } catch (ConditionTimeoutException e) {
      throw new AssertionError(
          "waited for " + what + ", and it is " + Sighting.of(last.get()) + "\n" + logs.get(), e);
    }
    return last.get();
  }

  /** Waits until an object of the whole cluster, which may come later, is as it shall be. */
  <P extends HasMetadata> P awaitCluster(
      Class<P> kind, String name, String what, Predicate<P> state) {
    AtomicReference<@Nullable P> last = new AtomicReference<>();
    try {
      patiently(what)
          .ignoreExceptions()
          .until(() -> {
            last.set(client.resources(kind).withName(name).get());
            return last.get() != null && state.test(last.get());
          });
    } catch (ConditionTimeoutException e) {
      throw new AssertionError(
          name + ": waited for " + what + ", and it is " + last.get() + "\n" + logs.get(), e);
    }
    return Objects.requireNonNull(last.get());
  }

  /** Asks for its deletion. */
  void delete(HasMetadata object) {
    client.resource(object).delete();
  }

  /** Deletes it, once the operator has seen that nothing uses it any more. */
  void deleteUnused(HasMetadata object) {
    patiently(object.getMetadata().getName() + " can be deleted")
        .ignoreExceptionsInstanceOf(KubernetesClientException.class)
        .until(() -> {
          delete(object);
          return true;
        });
    awaitGone(object);
  }

  void awaitGone(HasMetadata object) {
    try {
      patiently(object.getKind() + " " + object.getMetadata().getName() + " is gone")
          .ignoreExceptions()
          .until(() -> find(object) == null);
    } catch (ConditionTimeoutException e) {
      throw new AssertionError("still there: " + find(object) + "\n" + logs.get(), e);
    }
  }

  private static ConditionFactory patiently(String what) {
    return Awaitility.await(what).atMost(PATIENCE).pollInterval(Duration.ofMillis(100));
  }
}
