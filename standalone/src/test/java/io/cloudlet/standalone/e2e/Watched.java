package io.cloudlet.standalone.e2e;

import io.cloudlet.api.v1alpha1.BaseVM;
import io.cloudlet.api.v1alpha1.Synthesis;
import io.cloudlet.api.v1alpha1.VMOverlay;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Everything that watches show of the three kinds, in order. Outlives an API server's restart. */
final class Watched implements ResourceEventHandler<HasMetadata>, AutoCloseable {
  private final List<Sighting> seen = new CopyOnWriteArrayList<>();
  private final List<Consumer<Sighting>> listeners = new CopyOnWriteArrayList<>();
  private final List<SharedIndexInformer<?>> informers = new CopyOnWriteArrayList<>();

  Watched(KubernetesClient client, String namespace) {
    for (Class<? extends HasMetadata> kind :
        List.of(BaseVM.class, VMOverlay.class, Synthesis.class)) {
      inform(client, namespace, kind);
    }
  }

  private <T extends HasMetadata> void inform(
      KubernetesClient client, String namespace, Class<T> kind) {
    var informer = client.resources(kind).inNamespace(namespace).runnableInformer(0);
    informer.addEventHandler(
        new ResourceEventHandler<T>() {
          @Override
          public void onAdd(T object) {
            Watched.this.onAdd(object);
          }

          @Override
          public void onUpdate(T before, T object) {
            Watched.this.onUpdate(before, object);
          }

          @Override
          public void onDelete(T object, boolean unknown) {
            Watched.this.onDelete(object, unknown);
          }
        });
    informer.exceptionHandler((started, error) -> true);
    informer.run();
    informers.add(informer);
  }

  /** Tells of what is seen from now on, on a thread that must not wait. */
  void onSight(Consumer<Sighting> listener) {
    listeners.add(listener);
  }

  /** What has been seen of an object. */
  List<Sighting> of(String object) {
    return seen.stream().filter(it -> it.object().equals(object)).toList();
  }

  /** The phases of an object in order, without repetitions. */
  List<String> phases(String object) {
    List<String> phases = new CopyOnWriteArrayList<>();
    for (Sighting sighting : of(object)) {
      if (phases.isEmpty() || !phases.getLast().equals(sighting.phase())) {
        phases.add(sighting.phase());
      }
    }
    return phases;
  }

  /** The digests that an object has ever had. */
  Set<String> digests(String object) {
    return of(object).stream()
        .flatMap(it -> Stream.ofNullable(it.digest()))
        .collect(Collectors.toSet());
  }

  @Override
  public void onAdd(HasMetadata object) {
    see(Sighting.of(object));
  }

  @Override
  public void onUpdate(HasMetadata before, HasMetadata object) {
    see(Sighting.of(object));
  }

  @Override
  public void onDelete(HasMetadata object, boolean unknown) {
    see(Sighting.of(object).in("Gone"));
  }

  private void see(Sighting sighting) {
    seen.add(sighting);
    listeners.forEach(it -> it.accept(sighting));
  }

  @Override
  public void close() {
    informers.forEach(SharedIndexInformer::stop);
  }
}
