package io.cloudlet.api.v1alpha1;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Puts a {@link SynthesisStatus} together, field by field; what is not given is absent. For one
 * thread.
 */
public final class SynthesisStatusBuilder {
  private @Nullable Long observedGeneration;
  private @Nullable SynthesisPhase phase;
  private List<Condition> conditions = List.of();
  private @Nullable String node;
  private @Nullable String vm;
  private @Nullable String baseDigest;
  private @Nullable String overlayDigest;
  private @Nullable String overlayUrl;
  private @Nullable MachineStatus machine;
  private List<Address> addresses = List.of();
  private @Nullable Way way;
  private @Nullable Progress progress;
  private @Nullable Timings timings;
  private @Nullable Failure error;
  private @Nullable VmPod pod;

  /** Nothing yet. */
  public SynthesisStatusBuilder() {}

  /** Everything that a status has. */
  public SynthesisStatusBuilder(SynthesisStatus status) {
    observedGeneration = status.observedGeneration();
    phase = status.phase();
    conditions = status.conditions();
    node = status.node();
    vm = status.vm();
    baseDigest = status.baseDigest();
    overlayDigest = status.overlayDigest();
    overlayUrl = status.overlayUrl();
    machine = status.machine();
    addresses = status.addresses();
    way = status.way();
    progress = status.progress();
    timings = status.timings();
    error = status.error();
    pod = status.pod();
  }

  /** Sets {@link SynthesisStatus#observedGeneration}. */
  public SynthesisStatusBuilder observedGeneration(@Nullable Long observedGeneration) {
    this.observedGeneration = observedGeneration;
    return this;
  }

  /** Sets {@link SynthesisStatus#phase}. */
  public SynthesisStatusBuilder phase(@Nullable SynthesisPhase phase) {
    this.phase = phase;
    return this;
  }

  /** Sets {@link SynthesisStatus#conditions}. */
  public SynthesisStatusBuilder conditions(List<Condition> conditions) {
    this.conditions = conditions;
    return this;
  }

  /** Sets {@link SynthesisStatus#node}. */
  public SynthesisStatusBuilder node(@Nullable String node) {
    this.node = node;
    return this;
  }

  /** Sets {@link SynthesisStatus#vm}. */
  public SynthesisStatusBuilder vm(@Nullable String vm) {
    this.vm = vm;
    return this;
  }

  /** Sets {@link SynthesisStatus#baseDigest}. */
  public SynthesisStatusBuilder baseDigest(@Nullable String baseDigest) {
    this.baseDigest = baseDigest;
    return this;
  }

  /** Sets {@link SynthesisStatus#overlayDigest}. */
  public SynthesisStatusBuilder overlayDigest(@Nullable String overlayDigest) {
    this.overlayDigest = overlayDigest;
    return this;
  }

  /** Sets {@link SynthesisStatus#overlayUrl}. */
  public SynthesisStatusBuilder overlayUrl(@Nullable String overlayUrl) {
    this.overlayUrl = overlayUrl;
    return this;
  }

  /** Sets {@link SynthesisStatus#machine}. */
  public SynthesisStatusBuilder machine(@Nullable MachineStatus machine) {
    this.machine = machine;
    return this;
  }

  /** Sets {@link SynthesisStatus#addresses}. */
  public SynthesisStatusBuilder addresses(List<Address> addresses) {
    this.addresses = addresses;
    return this;
  }

  /** Sets {@link SynthesisStatus#way}. */
  public SynthesisStatusBuilder way(@Nullable Way way) {
    this.way = way;
    return this;
  }

  /** Sets {@link SynthesisStatus#progress}. */
  public SynthesisStatusBuilder progress(@Nullable Progress progress) {
    this.progress = progress;
    return this;
  }

  /** Sets {@link SynthesisStatus#timings}. */
  public SynthesisStatusBuilder timings(@Nullable Timings timings) {
    this.timings = timings;
    return this;
  }

  /** Sets {@link SynthesisStatus#error}. */
  public SynthesisStatusBuilder error(@Nullable Failure error) {
    this.error = error;
    return this;
  }

  /** Sets {@link SynthesisStatus#pod}. */
  public SynthesisStatusBuilder pod(@Nullable VmPod pod) {
    this.pod = pod;
    return this;
  }

  /** The status. */
  public SynthesisStatus build() {
    return new SynthesisStatus(
        observedGeneration,
        phase,
        conditions,
        node,
        vm,
        baseDigest,
        overlayDigest,
        overlayUrl,
        machine,
        addresses,
        way,
        progress,
        timings,
        error,
        pod);
  }
}
