package io.cloudlet.operator.placement;

import io.cloudlet.api.v1alpha1.Accelerator;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/** A node that fits most, and variations of it. */
record Node(Candidate candidate) {
  private static final long GIB = 1L << 30;

  static Node named(String name) {
    return new Node(
        new Candidate(
            name,
            Map.of("zone", "east"),
            true,
            true,
            false,
            Set.of(Accelerator.TCG),
            Set.of("qemu64"),
            Set.of("pc-q35-7.2"),
            8 * GIB,
            0,
            GIB,
            Set.of(),
            Set.of()));
  }

  Node dead() {
    return with(it -> it.alive = false);
  }

  Node unready() {
    return with(it -> it.ready = false);
  }

  Node cordoned() {
    return with(it -> it.unschedulable = true);
  }

  Node labelled(String key, String value) {
    return with(it -> it.labels = Map.of(key, value));
  }

  Node accelerator(Accelerator only) {
    return with(it -> it.accelerators = Set.of(only));
  }

  Node cpuModel(String only) {
    return with(it -> it.cpuModels = Set.of(only));
  }

  Node machineType(String only) {
    return with(it -> it.machineTypes = Set.of(only));
  }

  Node memory(long bytes) {
    return with(it -> it.memoryBytes = bytes);
  }

  Node taken(long bytes) {
    return with(it -> it.takenBytes = bytes);
  }

  Node cache(long bytes) {
    return with(it -> it.cacheBytes = bytes);
  }

  Node holding(String base) {
    return with(it -> it.bases = Set.of(base));
  }

  Node starting(String overlay) {
    return with(it -> it.overlays = Set.of(overlay));
  }

  private Node with(Consumer<Draft> change) {
    Draft draft = new Draft(candidate);
    change.accept(draft);
    return new Node(draft.build());
  }

  /** All parts of a candidate, changeable. */
  private static final class Draft {
    private final String name;
    private Map<String, String> labels;
    private boolean alive;
    private boolean ready;
    private boolean unschedulable;
    private Set<Accelerator> accelerators;
    private Set<String> cpuModels;
    private Set<String> machineTypes;
    private long memoryBytes;
    private long takenBytes;
    private long cacheBytes;
    private Set<String> bases;
    private Set<String> overlays;

    Draft(Candidate from) {
      name = from.name();
      labels = from.labels();
      alive = from.alive();
      ready = from.ready();
      unschedulable = from.unschedulable();
      accelerators = from.accelerators();
      cpuModels = from.cpuModels();
      machineTypes = from.machineTypes();
      memoryBytes = from.memoryBytes();
      takenBytes = from.takenBytes();
      cacheBytes = from.cacheBytes();
      bases = from.bases();
      overlays = from.overlays();
    }

    Candidate build() {
      return new Candidate(
          name,
          labels,
          alive,
          ready,
          unschedulable,
          accelerators,
          cpuModels,
          machineTypes,
          memoryBytes,
          takenBytes,
          cacheBytes,
          bases,
          overlays);
    }
  }
}
