package io.cloudlet.sidecar.agent.overlay;

import io.cloudlet.sidecar.agent.job.JobState;
import io.cloudlet.sidecar.agent.vm.Life;
import io.cloudlet.sidecar.node.VmRecord;
import org.jspecify.annotations.Nullable;

/**
 * What there is of a VMOverlay on this node.
 *
 * @param facts what is known of its overlay
 * @param here whether the file is on this node
 * @param vm the VM to be captured; null when there is none
 * @param life what has become of that VM
 * @param work how far the capture, or the look at the URL, has come
 * @param finish how far what is done with the VM afterwards has come
 */
record OverlaySight(
    @Nullable OverlayFacts facts,
    boolean here,
    @Nullable VmRecord vm,
    Life life,
    JobState work,
    JobState finish) {
  OverlayFacts.@Nullable Made made() {
    return facts == null ? null : facts.made();
  }
}
