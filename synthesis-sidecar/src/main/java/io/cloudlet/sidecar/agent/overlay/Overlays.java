package io.cloudlet.sidecar.agent.overlay;

import io.cloudlet.api.v1alpha1.Synthesis;
import io.cloudlet.api.v1alpha1.VMOverlay;
import io.cloudlet.sidecar.agent.cache.OverlayFiles;
import io.cloudlet.sidecar.agent.control.Placed;
import io.cloudlet.sidecar.agent.control.StatusReport;
import io.cloudlet.sidecar.agent.fact.FactFiles;
import io.cloudlet.sidecar.agent.job.Jobs;
import io.cloudlet.sidecar.agent.orphan.Ward;
import io.cloudlet.sidecar.agent.synthesis.OverlayPlaces;
import io.cloudlet.sidecar.agent.vm.OwnedVms;
import io.cloudlet.sidecar.node.DataDirectory;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/**
 * What the controller of VMOverlays is made of.
 *
 * @param data of this node
 * @param files overlays of this node
 * @param placed the VMOverlays of this node
 * @param syntheses the Syntheses of this node
 * @param jobs of this agent
 * @param places where overlays are
 * @param statuses writes events
 * @param address base URL of this node's overlays and packages
 */
public record Overlays(
    DataDirectory data,
    OverlayFiles files,
    Placed<VMOverlay> placed,
    Placed<Synthesis> syntheses,
    Jobs jobs,
    OverlayPlaces places,
    StatusReport statuses,
    Supplier<String> address) {
  /** The controller. */
  public VMOverlayReconciler reconciler() throws IOException {
    FactFiles<OverlayFacts> facts = facts();
    OverlayJobs own = new OverlayJobs(jobs, this::changed);
    OverlayWork work = new OverlayWork(data, files, places, facts);
    return new VMOverlayReconciler(
        placed,
        new OverlayObserver(files, new OwnedVms(data), syntheses, facts, own),
        new OverlayActor(files, facts, own, work),
        new OverlayReport(address),
        statuses);
  }

  private FactFiles<OverlayFacts> facts() throws IOException {
    return FactFiles.in(data.root().resolve("agent").resolve("overlays"), OverlayFacts.class);
  }

  /** What was made for VMOverlays. */
  public List<Ward> wards() throws IOException {
    FactFiles<OverlayFacts> facts = facts();
    List<Ward> wards = new ArrayList<>();
    for (String uid : facts.uids()) {
      String known = facts.find(uid).map(OverlayFacts::object).orElse(null);
      String[] object = known == null ? new String[0] : known.split("/", 2);
      if (object.length == 2) {
        wards.add(
            new Ward(
                "the overlay of " + known,
                VMOverlay.class,
                object[0],
                object[1],
                uid,
                () -> {
                  files.remove(uid);
                  facts.remove(uid);
                }));
      }
    }
    return wards;
  }

  /** A capture may also have stopped its VM. */
  private void changed(VMOverlay overlay) {
    placed.wake(overlay);
    if (overlay.getSpec().synthesisRef() != null && OverlayStep.stops(overlay.getSpec())) {
      syntheses
          .find(overlay.getMetadata().getNamespace(), overlay.getSpec().synthesisRef().name())
          .ifPresent(syntheses::wake);
    }
  }
}
