package io.cloudlet.sidecar.agent.overlay;

import io.cloudlet.api.v1alpha1.ObjectRef;
import io.cloudlet.api.v1alpha1.Synthesis;
import io.cloudlet.api.v1alpha1.VMOverlay;
import io.cloudlet.sidecar.agent.cache.OverlayFiles;
import io.cloudlet.sidecar.agent.control.Placed;
import io.cloudlet.sidecar.agent.fact.FactFiles;
import io.cloudlet.sidecar.agent.vm.Life;
import io.cloudlet.sidecar.agent.vm.OwnedVms;
import io.cloudlet.sidecar.agent.vm.Owner;
import io.cloudlet.sidecar.node.VmRecord;
import io.cloudlet.sidecar.overlay.OverlayReader;
import java.io.IOException;
import java.nio.file.Files;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Looks at the disk and at the jobs. Thread-safe. */
final class OverlayObserver {
  private final OverlayFiles files;
  private final OwnedVms vms;
  private final Placed<Synthesis> syntheses;
  private final FactFiles<OverlayFacts> facts;
  private final OverlayJobs jobs;

  OverlayObserver(
      OverlayFiles files,
      OwnedVms vms,
      Placed<Synthesis> syntheses,
      FactFiles<OverlayFacts> facts,
      OverlayJobs jobs) {
    this.files = files;
    this.vms = vms;
    this.syntheses = syntheses;
    this.facts = facts;
    this.jobs = jobs;
  }

  OverlaySight look(VMOverlay overlay) throws IOException {
    String uid = overlay.getMetadata().getUid();
    VmRecord vm = vm(overlay).orElse(null);
    boolean here = files.root(uid).isPresent() && Files.exists(files.file(uid));
    return new OverlaySight(
        facts(overlay, here),
        here,
        vm,
        vm == null ? Life.NONE : vms.lifeOf(vm),
        jobs.work(overlay),
        jobs.finish(overlay));
  }

  /** A file whose facts were not noted any more tells most of them itself. */
  private @Nullable OverlayFacts facts(VMOverlay object, boolean here) throws IOException {
    String uid = object.getMetadata().getUid();
    OverlayFacts known = facts.find(uid).orElse(null);
    if (!here || (known != null && known.made() != null)) {
      return known;
    }
    try (OverlayReader overlay = OverlayReader.open(files.file(uid))) {
      OverlayFacts found =
          (known == null
                  ? new OverlayFacts(OverlayJobs.name(object), null, null, null, null)
                  : known)
              .with(OverlayFacts.Made.of(overlay));
      facts.put(uid, found);
      return found;
    }
  }

  private Optional<VmRecord> vm(VMOverlay overlay) throws IOException {
    ObjectRef reference = overlay.getSpec().synthesisRef();
    if (reference == null) {
      return Optional.empty();
    }
    Optional<Synthesis> synthesis =
        syntheses.find(overlay.getMetadata().getNamespace(), reference.name());
    return synthesis.isEmpty() ? Optional.empty() : vms.find(Owner.of(synthesis.get()));
  }
}
