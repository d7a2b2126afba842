package io.cloudlet.sidecar.agent.control;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.EventSource;
import io.javaoperatorsdk.operator.processing.event.source.IndexerResourceCache;
import io.javaoperatorsdk.operator.processing.event.source.inbound.SimpleInboundEventSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The objects of one kind that are placed on this node, as its controller knows them, and the means
 * to have them looked at again when something on the node has changed. Thread-safe.
 */
public final class Placed<P extends HasMetadata> {
  private final SimpleInboundEventSource<P> wakeups = new SimpleInboundEventSource<>("node");
  private volatile @Nullable IndexerResourceCache<P> cache;

  /** For the controller of the kind: knows its objects from now on, and wakes it. */
  public EventSource<?, P> connect(EventSourceContext<P> context) {
    cache = context.getPrimaryCache();
    return wakeups;
  }

  /** All of them. */
  public List<P> all() {
    IndexerResourceCache<P> known = cache;
    return known == null ? List.of() : known.list().toList();
  }

  /** The one of a name. */
  public Optional<P> find(String namespace, String name) {
    IndexerResourceCache<P> known = cache;
    return known == null ? Optional.empty() : known.get(new ResourceID(name, namespace));
  }

  /** Has an object looked at again; returns at once. */
  public void wake(HasMetadata object) {
    wakeups.propagateEvent(ResourceID.fromResource(object));
  }

  /** Has some of them looked at again; returns at once. */
  public void wakeIf(Predicate<P> which) {
    all().stream().filter(which).forEach(this::wake);
  }

  /** Has all of them looked at again; returns at once. */
  public void wakeAll() {
    all().forEach(this::wake);
  }
}
