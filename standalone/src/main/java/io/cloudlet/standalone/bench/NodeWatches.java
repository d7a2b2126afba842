package io.cloudlet.standalone.bench;

import io.cloudlet.api.v1alpha1.BaseVM;
import io.cloudlet.api.v1alpha1.CloudletNode;
import io.cloudlet.api.v1alpha1.Synthesis;
import io.cloudlet.api.v1alpha1.VMOverlay;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.Watch;
import io.fabric8.kubernetes.client.Watcher;
import io.fabric8.kubernetes.client.WatcherException;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.LongAdder;

/**
 * The watches that the agents of many nodes hold: four each, filtered by the API server.
 * Thread-safe.
 */
final class NodeWatches implements AutoCloseable {
  private final Queue<Watch> open = new ConcurrentLinkedQueue<>();
  private final LongAdder events = new LongAdder();
  private final LongAdder broken = new LongAdder();

  private final class Count<T extends HasMetadata> implements Watcher<T> {
    @Override
    public void eventReceived(Action action, T object) {
      if (action != Action.BOOKMARK) {
        events.increment();
      }
    }

    @Override
    public void onClose(WatcherException cause) {
      broken.increment();
    }
  }

  /** Opens the watches of one node; the client stays the caller's. */
  void open(KubernetesClient client, String node) {
    watch(client, BaseVM.class, node);
    watch(client, VMOverlay.class, node);
    watch(client, Synthesis.class, node);
    open.add(client.resources(CloudletNode.class).withName(node).watch(new Count<CloudletNode>()));
  }

  private <T extends HasMetadata> void watch(KubernetesClient client, Class<T> kind, String node) {
    open.add(
        client
            .resources(kind)
            .inAnyNamespace()
            .withField("status.node", node)
            .watch(new Count<T>()));
  }

  /** How many watches have been opened. */
  int count() {
    return open.size();
  }

  /** How many events have come through all of them. */
  long events() {
    return events.sum();
  }

  /** How many of them the server has ended with an error. */
  long broken() {
    return broken.sum();
  }

  @Override
  public void close() {
    open.forEach(Watch::close);
  }
}
