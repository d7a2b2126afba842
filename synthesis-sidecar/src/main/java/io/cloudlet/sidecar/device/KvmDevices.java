package io.cloudlet.sidecar.device;

import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * As many devices as pods may use KVM at a time: one file serves them all, but whoever asks the
 * kubelet for a device gets one for himself. Thread-safe.
 */
final class KvmDevices {
  private static final String DEVICE = "/dev/kvm";

  private final List<String> ids;
  private final Set<String> known;
  private final List<Consumer<DeviceList>> watchers = new CopyOnWriteArrayList<>();
  private boolean healthy;

  /** Not healthy yet. */
  KvmDevices(int count) {
    ids = IntStream.range(0, count).mapToObj(i -> "kvm-" + i).toList();
    known = ids.stream().collect(Collectors.toUnmodifiableSet());
  }

  /** Tells the list now, and whenever it changes; calls do not overlap. */
  synchronized void watch(Consumer<DeviceList> watcher) {
    watchers.add(watcher);
    watcher.accept(list());
  }

  void forget(Consumer<DeviceList> watcher) {
    watchers.remove(watcher);
  }

  boolean isWatched() {
    return !watchers.isEmpty();
  }

  synchronized boolean isHealthy() {
    return healthy;
  }

  /** Says whether KVM runs guests. */
  synchronized void healthy(boolean now) {
    if (now != healthy) {
      healthy = now;
      DeviceList list = list();
      watchers.forEach(watcher -> watcher.accept(list));
    }
  }

  private DeviceList list() {
    String health = healthy ? Device.HEALTHY : Device.UNHEALTHY;
    return new DeviceList(ids.stream().map(id -> new Device(id, health)).toList());
  }

  /**
   * What containers get.
   *
   * @throws IllegalArgumentException for a device that there is not
   */
  AllocateResponse allocate(AllocateRequest request) {
    return new AllocateResponse(request.containers().stream().map(this::container).toList());
  }

  private AllocateResponse.Container container(DeviceIds wanted) {
    for (String id : wanted.ids()) {
      if (!known.contains(id)) {
        throw new IllegalArgumentException("there is no device " + id);
      }
    }
    List<DeviceNode> nodes =
        wanted.ids().isEmpty() ? List.of() : List.of(new DeviceNode(DEVICE, DEVICE, "rw"));
    return new AllocateResponse.Container(nodes);
  }
}
