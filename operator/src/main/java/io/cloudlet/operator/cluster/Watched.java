package io.cloudlet.operator.cluster;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import io.fabric8.kubernetes.client.informers.cache.Cache;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * All objects of a kind, as the API server has told of them, one watch for everybody in this
 * operator. What is returned belongs to the cache: it is read and never changed. Thread-safe.
 */
public final class Watched<T extends HasMetadata> {
  private final SharedIndexInformer<T> informer;
  private final List<Consumer<Change<T>>> listeners = new CopyOnWriteArrayList<>();

  /**
   * A cache that is still empty.
   *
   * @param informer not running yet; it ends with {@link #stop}
   */
  Watched(SharedIndexInformer<T> informer, List<Index<T>> indexes) {
    this.informer = informer;
    informer.addIndexers(indexes.stream().collect(Collectors.toMap(Index::name, Index::keys)));
    // A server that is away comes back; an informer that has given up does not.
    informer.exceptionHandler((started, error) -> true);
    informer.addEventHandler(new Handler());
  }

  /** The object of a name in a namespace, which is null for a kind without namespaces. */
  public Optional<T> find(@Nullable String namespace, String name) {
    String key = Cache.namespaceKeyFunc(namespace, name);
    return Optional.ofNullable(informer.getIndexer().getByKey(key));
  }

  /** The objects that an index has under a key. */
  public List<T> by(Index<T> index, String key) {
    return informer.getIndexer().byIndex(index.name(), key);
  }

  /** All objects, in no order. */
  public Stream<T> all() {
    return informer.getIndexer().list().stream();
  }

  /**
   * Tells of every change from now on, after the cache knows it, on a thread of the informer: what
   * takes long holds up everybody.
   */
  public void onChange(Consumer<Change<T>> listener) {
    listeners.add(listener);
  }

  /** Whether the API server is being watched. */
  public boolean isWatching() {
    return informer.isWatching();
  }

  /** Starts, and waits until everything that there is has arrived. */
  void start(Duration timeout) throws InterruptedException {
    try {
      informer.start().toCompletableFuture().get(timeout.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException | TimeoutException e) {
      String kind = HasMetadata.getFullResourceName(informer.getApiTypeClass());
      throw new IllegalStateException(
          "the API server does not list " + kind + " within " + timeout.toSeconds() + " s", e);
    }
  }

  void stop() {
    informer.stop();
  }

  private void tell(@Nullable T before, @Nullable T after) {
    Change<T> change = new Change<>(before, after);
    listeners.forEach(listener -> listener.accept(change));
  }

  private final class Handler implements ResourceEventHandler<T> {
    @Override
    public void onAdd(T object) {
      tell(null, object);
    }

    @Override
    public void onUpdate(T before, T after) {
      tell(before, after);
    }

    @Override
    public void onDelete(T object, boolean finalStateUnknown) {
      tell(object, null);
    }
  }
}
