package io.cloudlet.api.v1alpha1;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Puts a {@link BaseVMStatus} together, field by field; what is not given is absent. For one
 * thread.
 */
public final class BaseVMStatusBuilder {
  private @Nullable Long observedGeneration;
  private @Nullable BaseVMPhase phase;
  private List<Condition> conditions = List.of();
  private @Nullable String digest;
  private @Nullable String created;
  private @Nullable Long diskBytes;
  private @Nullable Long memoryBytes;
  private @Nullable Long storedBytes;
  private @Nullable Long packageBytes;
  private @Nullable String size;
  private @Nullable String packageUrl;
  private @Nullable MachineStatus machine;
  private @Nullable String node;
  private List<String> users = List.of();
  private @Nullable Progress progress;
  private List<NodeCopy> nodes = List.of();
  private @Nullable Integer nodesReady;

  /** Nothing yet. */
  public BaseVMStatusBuilder() {}

  /** Everything that a status has. */
  public BaseVMStatusBuilder(BaseVMStatus status) {
    observedGeneration = status.observedGeneration();
    phase = status.phase();
    conditions = status.conditions();
    digest = status.digest();
    created = status.created();
    diskBytes = status.diskBytes();
    memoryBytes = status.memoryBytes();
    storedBytes = status.storedBytes();
    packageBytes = status.packageBytes();
    size = status.size();
    packageUrl = status.packageUrl();
    machine = status.machine();
    node = status.node();
    users = status.users();
    progress = status.progress();
    nodes = status.nodes();
    nodesReady = status.nodesReady();
  }

  /** Sets {@link BaseVMStatus#observedGeneration}. */
  public BaseVMStatusBuilder observedGeneration(@Nullable Long observedGeneration) {
    this.observedGeneration = observedGeneration;
    return this;
  }

  /** Sets {@link BaseVMStatus#phase}. */
  public BaseVMStatusBuilder phase(@Nullable BaseVMPhase phase) {
    this.phase = phase;
    return this;
  }

  /** Sets {@link BaseVMStatus#conditions}. */
  public BaseVMStatusBuilder conditions(List<Condition> conditions) {
    this.conditions = conditions;
    return this;
  }

  /** Sets {@link BaseVMStatus#digest}. */
  public BaseVMStatusBuilder digest(@Nullable String digest) {
    this.digest = digest;
    return this;
  }

  /** Sets {@link BaseVMStatus#created}. */
  public BaseVMStatusBuilder created(@Nullable String created) {
    this.created = created;
    return this;
  }

  /** Sets {@link BaseVMStatus#diskBytes}. */
  public BaseVMStatusBuilder diskBytes(@Nullable Long diskBytes) {
    this.diskBytes = diskBytes;
    return this;
  }

  /** Sets {@link BaseVMStatus#memoryBytes}. */
  public BaseVMStatusBuilder memoryBytes(@Nullable Long memoryBytes) {
    this.memoryBytes = memoryBytes;
    return this;
  }

  /** Sets {@link BaseVMStatus#storedBytes}. */
  public BaseVMStatusBuilder storedBytes(@Nullable Long storedBytes) {
    this.storedBytes = storedBytes;
    return this;
  }

  /** Sets {@link BaseVMStatus#packageBytes}. */
  public BaseVMStatusBuilder packageBytes(@Nullable Long packageBytes) {
    this.packageBytes = packageBytes;
    return this;
  }

  /** Sets {@link BaseVMStatus#size}. */
  public BaseVMStatusBuilder size(@Nullable String size) {
    this.size = size;
    return this;
  }

  /** Sets {@link BaseVMStatus#packageUrl}. */
  public BaseVMStatusBuilder packageUrl(@Nullable String packageUrl) {
    this.packageUrl = packageUrl;
    return this;
  }

  /** Sets {@link BaseVMStatus#machine}. */
  public BaseVMStatusBuilder machine(@Nullable MachineStatus machine) {
    this.machine = machine;
    return this;
  }

  /** Sets {@link BaseVMStatus#node}. */
  public BaseVMStatusBuilder node(@Nullable String node) {
    this.node = node;
    return this;
  }

  /** Sets {@link BaseVMStatus#users}. */
  public BaseVMStatusBuilder users(List<String> users) {
    this.users = users;
    return this;
  }

  /** Sets {@link BaseVMStatus#progress}. */
  public BaseVMStatusBuilder progress(@Nullable Progress progress) {
    this.progress = progress;
    return this;
  }

  /** Sets {@link BaseVMStatus#nodes}. */
  public BaseVMStatusBuilder nodes(List<NodeCopy> nodes) {
    this.nodes = nodes;
    return this;
  }

  /** Sets {@link BaseVMStatus#nodesReady}. */
  public BaseVMStatusBuilder nodesReady(@Nullable Integer nodesReady) {
    this.nodesReady = nodesReady;
    return this;
  }

  /** The status. */
  public BaseVMStatus build() {
    return new BaseVMStatus(
        observedGeneration,
        phase,
        conditions,
        digest,
        created,
        diskBytes,
        memoryBytes,
        storedBytes,
        packageBytes,
        size,
        packageUrl,
        machine,
        node,
        users,
        progress,
        nodes,
        nodesReady);
  }
}
