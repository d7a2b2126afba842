package io.cloudlet.api.v1alpha1;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Puts a {@link CloudletNodeStatus} together, field by field; what is not given is absent. For one
 * thread.
 */
public final class CloudletNodeStatusBuilder {
  private @Nullable Long observedGeneration;
  private List<Condition> conditions = List.of();
  private @Nullable String address;
  private @Nullable String agentVersion;
  private @Nullable String qemuVersion;
  private List<Accelerator> accelerators = List.of();
  private List<String> cpuModels = List.of();
  private List<String> machineTypes = List.of();
  private @Nullable Boolean postCopy;
  private @Nullable Integer cpus;
  private @Nullable Long memoryBytes;
  private @Nullable NodeCache cache;
  private List<NodeBase> bases = List.of();
  private List<String> overlays = List.of();
  private @Nullable Integer vms;
  private @Nullable VmsAs vmsAs;

  /** Nothing yet. */
  public CloudletNodeStatusBuilder() {}

  /** Everything that a status has. */
  public CloudletNodeStatusBuilder(CloudletNodeStatus status) {
    observedGeneration = status.observedGeneration();
    conditions = status.conditions();
    address = status.address();
    agentVersion = status.agentVersion();
    qemuVersion = status.qemuVersion();
    accelerators = status.accelerators();
    cpuModels = status.cpuModels();
    machineTypes = status.machineTypes();
    postCopy = status.postCopy();
    cpus = status.cpus();
    memoryBytes = status.memoryBytes();
    cache = status.cache();
    bases = status.bases();
    overlays = status.overlays();
    vms = status.vms();
    vmsAs = status.vmsAs();
  }

  /** Sets {@link CloudletNodeStatus#observedGeneration}. */
  public CloudletNodeStatusBuilder observedGeneration(@Nullable Long observedGeneration) {
    this.observedGeneration = observedGeneration;
    return this;
  }

  /** Sets {@link CloudletNodeStatus#conditions}. */
  public CloudletNodeStatusBuilder conditions(List<Condition> conditions) {
    this.conditions = conditions;
    return this;
  }

  /** Sets {@link CloudletNodeStatus#address}. */
  public CloudletNodeStatusBuilder address(@Nullable String address) {
    this.address = address;
    return this;
  }

  /** Sets {@link CloudletNodeStatus#agentVersion}. */
  public CloudletNodeStatusBuilder agentVersion(@Nullable String agentVersion) {
    this.agentVersion = agentVersion;
    return this;
  }

  /** Sets {@link CloudletNodeStatus#qemuVersion}. */
  public CloudletNodeStatusBuilder qemuVersion(@Nullable String qemuVersion) {
    this.qemuVersion = qemuVersion;
    return this;
  }

  /** Sets {@link CloudletNodeStatus#accelerators}. */
  public CloudletNodeStatusBuilder accelerators(List<Accelerator> accelerators) {
    this.accelerators = accelerators;
    return this;
  }

  /** Sets {@link CloudletNodeStatus#cpuModels}. */
  public CloudletNodeStatusBuilder cpuModels(List<String> cpuModels) {
    this.cpuModels = cpuModels;
    return this;
  }

  /** Sets {@link CloudletNodeStatus#machineTypes}. */
  public CloudletNodeStatusBuilder machineTypes(List<String> machineTypes) {
    this.machineTypes = machineTypes;
    return this;
  }

  /** Sets {@link CloudletNodeStatus#postCopy}. */
  public CloudletNodeStatusBuilder postCopy(@Nullable Boolean postCopy) {
    this.postCopy = postCopy;
    return this;
  }

  /** Sets {@link CloudletNodeStatus#cpus}. */
  public CloudletNodeStatusBuilder cpus(@Nullable Integer cpus) {
    this.cpus = cpus;
    return this;
  }

  /** Sets {@link CloudletNodeStatus#memoryBytes}. */
  public CloudletNodeStatusBuilder memoryBytes(@Nullable Long memoryBytes) {
    this.memoryBytes = memoryBytes;
    return this;
  }

  /** Sets {@link CloudletNodeStatus#cache}. */
  public CloudletNodeStatusBuilder cache(@Nullable NodeCache cache) {
    this.cache = cache;
    return this;
  }

  /** Sets {@link CloudletNodeStatus#bases}. */
  public CloudletNodeStatusBuilder bases(List<NodeBase> bases) {
    this.bases = bases;
    return this;
  }

  /** Sets {@link CloudletNodeStatus#overlays}. */
  public CloudletNodeStatusBuilder overlays(List<String> overlays) {
    this.overlays = overlays;
    return this;
  }

  /** Sets {@link CloudletNodeStatus#vms}. */
  public CloudletNodeStatusBuilder vms(@Nullable Integer vms) {
    this.vms = vms;
    return this;
  }

  /** Sets {@link CloudletNodeStatus#vmsAs}. */
  public CloudletNodeStatusBuilder vmsAs(@Nullable VmsAs vmsAs) {
    this.vmsAs = vmsAs;
    return this;
  }

  /** The status. */
  public CloudletNodeStatus build() {
    return new CloudletNodeStatus(
        observedGeneration,
        conditions,
        address,
        agentVersion,
        qemuVersion,
        accelerators,
        cpuModels,
        machineTypes,
        postCopy,
        cpus,
        memoryBytes,
        cache,
        bases,
        overlays,
        vms,
        vmsAs);
  }
}
