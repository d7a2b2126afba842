package io.cloudlet.sidecar.agent.node;

import io.cloudlet.api.v1alpha1.WantedBase;
import io.cloudlet.sidecar.agent.control.Retry;
import io.cloudlet.sidecar.agent.job.JobKey;
import io.cloudlet.sidecar.agent.job.JobRequest;
import io.cloudlet.sidecar.agent.job.JobState;
import io.cloudlet.sidecar.agent.job.Jobs;
import io.cloudlet.sidecar.base.BaseStore;
import io.cloudlet.sidecar.image.Digest;
import io.cloudlet.sidecar.node.DataDirectory;
import io.cloudlet.sidecar.node.Progress;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The base VMs that this node shall hold: fetches those that it has not. Thread-safe. */
public final class WantedBases {
  private static final String KIND = "fetch";

  /** Brings a base VM to this node. */
  @FunctionalInterface
  public interface Transfer {
    /**
     * Does it.
     *
     * @param urls where its package is, best first; maybe none
     */
    void run(Digest base, List<String> urls, Progress progress) throws IOException;
  }

  private final DataDirectory data;
  private final Jobs jobs;
  private final Transfer transfer;
  private final Runnable changed;
  private volatile Map<String, WantedBase> wanted = Map.of();

  /**
   * None yet.
   *
   * @param changed called when a transfer has come further; returns at once
   */
  public WantedBases(DataDirectory data, Jobs jobs, Transfer transfer, Runnable changed) {
    this.data = data;
    this.jobs = jobs;
    this.transfer = transfer;
    this.changed = changed;
  }

  /** Fetches those that are not here; returns at once. */
  public void want(List<WantedBase> bases) throws IOException {
    Map<String, WantedBase> now = new TreeMap<>();
    for (WantedBase base : bases) {
      now.put(base.digest(), base);
    }
    forgetFailures(now);
    wanted = now;
    BaseStore store = BaseStore.at(data.bases());
    for (WantedBase base : now.values()) {
      Digest digest = Digest.parse(base.digest());
      if (store.find(digest).isEmpty() && Retry.isDue(state(base.digest()))) {
        fetch(digest, base.urls());
      }
    }
  }

  /** Another source is worth a try at once, however often the others have failed. */
  private void forgetFailures(Map<String, WantedBase> now) {
    for (WantedBase base : now.values()) {
      WantedBase before = wanted.get(base.digest());
      boolean moved = before != null && !before.urls().equals(base.urls());
      if (moved && state(base.digest()) instanceof JobState.Failed) {
        boolean _ = jobs.cancel(key(base.digest()));
      }
    }
  }

  private void fetch(Digest digest, List<String> urls) {
    jobs.start(
        new JobRequest(
            key(digest.toString()),
            "the transfer of base VM " + digest.shortHex(),
            null,
            false,
            progress -> transfer.run(digest, urls, progress),
            changed));
  }

  /** The digests of all that are wanted. */
  public List<String> digests() {
    return List.copyOf(wanted.keySet());
  }

  /** How far the transfer of a base VM has come. */
  public JobState state(String digest) {
    return jobs.state(key(digest));
  }

  /** When to look again at what has failed; null when nothing has. */
  public @Nullable Duration later() {
    return wanted.keySet().stream()
        .map(digest -> Retry.of(state(digest)))
        .filter(Objects::nonNull)
        .min(Duration::compareTo)
        .orElse(null);
  }

  private static JobKey key(String digest) {
    return new JobKey(digest, KIND);
  }
}
