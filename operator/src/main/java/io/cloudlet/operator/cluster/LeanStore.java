package io.cloudlet.operator.cluster;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.informers.cache.BasicItemStore;
import io.fabric8.kubernetes.client.informers.cache.Cache;
import java.util.List;

/**
 * Where an informer keeps objects: without the lists of who manages which field. Nobody asks for
 * them here, and they are most of an object in memory.
 *
 * <p>Not for dependent resources, which are compared by these lists.
 */
public final class LeanStore<T extends HasMetadata> extends BasicItemStore<T> {
  /** An empty one; informers that are declared by annotations make their own. */
  public LeanStore() {
    super(Cache::metaNamespaceKeyFunc);
  }

  @Override
  public T put(String key, T object) {
    object.getMetadata().setManagedFields(List.of());
    return super.put(key, object);
  }
}
