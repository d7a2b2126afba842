package io.cloudlet.operator.cluster;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.informers.cache.BasicItemStore;
import io.fabric8.kubernetes.client.informers.cache.Cache;
import java.util.List;

/**
 * Where an informer keeps pods: without who manages which field, and without what they are to be.
 * What matters of that is written in their annotations.
 */
final class LeanPodStore extends BasicItemStore<Pod> {
  LeanPodStore() {
    super(Cache::metaNamespaceKeyFunc);
  }

  @Override
  public Pod put(String key, Pod pod) {
    pod.getMetadata().setManagedFields(List.of());
    pod.setSpec(null);
    return super.put(key, pod);
  }
}
