package io.cloudlet.api.v1alpha1;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Puts a {@link VMOverlayStatus} together, field by field; what is not given is absent. For one
 * thread.
 */
public final class VMOverlayStatusBuilder {
  private @Nullable Long observedGeneration;
  private @Nullable VMOverlayPhase phase;
  private List<Condition> conditions = List.of();
  private @Nullable String node;
  private List<String> users = List.of();
  private @Nullable String digest;
  private @Nullable String baseDigest;
  private @Nullable String created;
  private @Nullable Long bytes;
  private @Nullable String size;
  private @Nullable String url;
  private @Nullable Effort effort;
  private @Nullable Boolean resumes;
  private @Nullable PageStatistics pages;
  private List<OverlayImageStatus> images = List.of();
  private @Nullable Long pauseMillis;
  private @Nullable Long totalMillis;
  private @Nullable Progress progress;

  /** Nothing yet. */
  public VMOverlayStatusBuilder() {}

  /** Everything that a status has. */
  public VMOverlayStatusBuilder(VMOverlayStatus status) {
    observedGeneration = status.observedGeneration();
    phase = status.phase();
    conditions = status.conditions();
    node = status.node();
    users = status.users();
    digest = status.digest();
    baseDigest = status.baseDigest();
    created = status.created();
    bytes = status.bytes();
    size = status.size();
    url = status.url();
    effort = status.effort();
    resumes = status.resumes();
    pages = status.pages();
    images = status.images();
    pauseMillis = status.pauseMillis();
    totalMillis = status.totalMillis();
    progress = status.progress();
  }

  /** Sets {@link VMOverlayStatus#observedGeneration}. */
  public VMOverlayStatusBuilder observedGeneration(@Nullable Long observedGeneration) {
    this.observedGeneration = observedGeneration;
    return this;
  }

  /** Sets {@link VMOverlayStatus#phase}. */
  public VMOverlayStatusBuilder phase(@Nullable VMOverlayPhase phase) {
    this.phase = phase;
    return this;
  }

  /** Sets {@link VMOverlayStatus#conditions}. */
  public VMOverlayStatusBuilder conditions(List<Condition> conditions) {
    this.conditions = conditions;
    return this;
  }

  /** Sets {@link VMOverlayStatus#node}. */
  public VMOverlayStatusBuilder node(@Nullable String node) {
    this.node = node;
    return this;
  }

  /** Sets {@link VMOverlayStatus#users}. */
  public VMOverlayStatusBuilder users(List<String> users) {
    this.users = users;
    return this;
  }

  /** Sets {@link VMOverlayStatus#digest}. */
  public VMOverlayStatusBuilder digest(@Nullable String digest) {
    this.digest = digest;
    return this;
  }

  /** Sets {@link VMOverlayStatus#baseDigest}. */
  public VMOverlayStatusBuilder baseDigest(@Nullable String baseDigest) {
    this.baseDigest = baseDigest;
    return this;
  }

  /** Sets {@link VMOverlayStatus#created}. */
  public VMOverlayStatusBuilder created(@Nullable String created) {
    this.created = created;
    return this;
  }

  /** Sets {@link VMOverlayStatus#bytes}. */
  public VMOverlayStatusBuilder bytes(@Nullable Long bytes) {
    this.bytes = bytes;
    return this;
  }

  /** Sets {@link VMOverlayStatus#size}. */
  public VMOverlayStatusBuilder size(@Nullable String size) {
    this.size = size;
    return this;
  }

  /** Sets {@link VMOverlayStatus#url}. */
  public VMOverlayStatusBuilder url(@Nullable String url) {
    this.url = url;
    return this;
  }

  /** Sets {@link VMOverlayStatus#effort}. */
  public VMOverlayStatusBuilder effort(@Nullable Effort effort) {
    this.effort = effort;
    return this;
  }

  /** Sets {@link VMOverlayStatus#resumes}. */
  public VMOverlayStatusBuilder resumes(@Nullable Boolean resumes) {
    this.resumes = resumes;
    return this;
  }

  /** Sets {@link VMOverlayStatus#pages}. */
  public VMOverlayStatusBuilder pages(@Nullable PageStatistics pages) {
    this.pages = pages;
    return this;
  }

  /** Sets {@link VMOverlayStatus#images}. */
  public VMOverlayStatusBuilder images(List<OverlayImageStatus> images) {
    this.images = images;
    return this;
  }

  /** Sets {@link VMOverlayStatus#pauseMillis}. */
  public VMOverlayStatusBuilder pauseMillis(@Nullable Long pauseMillis) {
    this.pauseMillis = pauseMillis;
    return this;
  }

  /** Sets {@link VMOverlayStatus#totalMillis}. */
  public VMOverlayStatusBuilder totalMillis(@Nullable Long totalMillis) {
    this.totalMillis = totalMillis;
    return this;
  }

  /** Sets {@link VMOverlayStatus#progress}. */
  public VMOverlayStatusBuilder progress(@Nullable Progress progress) {
    this.progress = progress;
    return this;
  }

  /** The status. */
  public VMOverlayStatus build() {
    return new VMOverlayStatus(
        observedGeneration,
        phase,
        conditions,
        node,
        users,
        digest,
        baseDigest,
        created,
        bytes,
        size,
        url,
        effort,
        resumes,
        pages,
        images,
        pauseMillis,
        totalMillis,
        progress);
  }
}
