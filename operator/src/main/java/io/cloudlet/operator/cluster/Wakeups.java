package io.cloudlet.operator.cluster;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.javaoperatorsdk.operator.processing.event.Event;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.AbstractEventSource;
import io.javaoperatorsdk.operator.processing.event.source.ResourceAction;
import io.javaoperatorsdk.operator.processing.event.source.controller.ResourceEvent;
import io.javaoperatorsdk.operator.processing.event.source.filter.OnUpdateFilter;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * Wakes the objects of one controller when something changes that they depend on, and no others.
 *
 * @param <P> the kind that is woken
 */
public final class Wakeups<P extends HasMetadata> extends AbstractEventSource<Void, P> {
  /** Wakes nobody yet. */
  public Wakeups() {
    super(Void.class, "wakeups");
  }

  /**
   * Wakes an object by its own updates. The framework does that, too, but while this operator
   * writes to an object it takes what somebody else writes at the same moment for its own doing,
   * and a deletion could go unnoticed.
   */
  public Wakeups<P> onOwn(Watched<P> kind, OnUpdateFilter<P> relevant) {
    kind.onChange(change -> {
      P before = change.before();
      P after = change.after();
      if (before != null && after != null && relevant.accept(after, before)) {
        tell(after);
      }
    });
    return this;
  }

  /**
   * As the event of the object itself: any other one is dropped while the framework takes a new
   * object for the one of the same name that has just been deleted.
   */
  private void tell(P object) {
    if (isRunning()) {
      ResourceID id = ResourceID.fromResource(object);
      getEventHandler().handleEvent(new ResourceEvent(ResourceAction.UPDATED, id, object));
    }
  }

  /**
   * Wakes by changes of another kind.
   *
   * @param whom says whom a change concerns; it runs on the informer's thread
   */
  public <T extends HasMetadata> Wakeups<P> on(
      Watched<T> kind, Function<Change<T>, Stream<? extends HasMetadata>> whom) {
    kind.onChange(change -> wake(whom.apply(change)));
    return this;
  }

  /** Wakes by nodes that are lost or have come back. */
  public Wakeups<P> on(Liveness liveness, Function<String, Stream<? extends HasMetadata>> whom) {
    liveness.onChange(node -> wake(whom.apply(node)));
    return this;
  }

  @Override
  public Set<Void> getSecondaryResources(P primary) {
    return Set.of();
  }

  private void wake(Stream<? extends HasMetadata> objects) {
    if (isRunning()) {
      objects
          .map(ResourceID::fromResource)
          .distinct()
          .forEach(id -> getEventHandler().handleEvent(new Event(id)));
    }
  }
}
