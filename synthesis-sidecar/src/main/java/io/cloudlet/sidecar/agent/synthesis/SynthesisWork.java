package io.cloudlet.sidecar.agent.synthesis;

import io.cloudlet.api.v1alpha1.Synthesis;
import io.cloudlet.api.v1alpha1.SynthesisStatus;
import io.cloudlet.api.v1alpha1.VmPod;
import io.cloudlet.sidecar.agent.fact.FactFiles;
import io.cloudlet.sidecar.agent.problem.Problem;
import io.cloudlet.sidecar.agent.problem.ProblemException;
import io.cloudlet.sidecar.agent.vm.Owner;
import io.cloudlet.sidecar.agent.vm.Qemu;
import io.cloudlet.sidecar.base.BaseStore;
import io.cloudlet.sidecar.image.Digest;
import io.cloudlet.sidecar.machine.Machine;
import io.cloudlet.sidecar.machine.Port;
import io.cloudlet.sidecar.node.DataDirectory;
import io.cloudlet.sidecar.node.Progress;
import io.cloudlet.sidecar.node.ResumeBase;
import io.cloudlet.sidecar.node.SynthesisRequest;
import io.cloudlet.sidecar.node.SynthesisResult;
import io.cloudlet.sidecar.node.SynthesizeOverlay;
import io.cloudlet.sidecar.node.VmLifecycle;
import io.cloudlet.sidecar.node.VmRecord;
import io.cloudlet.sidecar.overlay.OverlayReader;
import io.cloudlet.sidecar.pod.PodPlace;
import io.cloudlet.sidecar.synthesis.Way;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What the jobs of a Synthesis do. Thread-safe. */
final class SynthesisWork {
  /** Less than a pod's grace: a guest that did not hear it is told again. */
  private static final Duration SHUT_DOWN = Duration.ofSeconds(15);

  private final DataDirectory data;
  private final Qemu qemu;
  private final OverlayPlaces overlays;
  private final MachineCheck machines;
  private final NextStart cache;
  private final FactFiles<SynthesisFacts> facts;

  SynthesisWork(
      DataDirectory data,
      Qemu qemu,
      OverlayPlaces overlays,
      MachineCheck machines,
      NextStart cache,
      FactFiles<SynthesisFacts> facts) {
    this.data = data;
    this.qemu = qemu;
    this.overlays = overlays;
    this.machines = machines;
    this.cache = cache;
    this.facts = facts;
  }

  /** Finds out which base VM an overlay needs that no resource describes. */
  void look(Synthesis synthesis, Progress progress) throws IOException {
    SynthesisStatus status = synthesis.getStatus();
    Digest root = root(synthesis, status);
    if (root == null) {
      throw new ProblemException(
          Problem.passing(
              "NotResolved", "the operator has not said yet which base VM this is made of"));
    }
    try (OverlayReader overlay = overlays.open(root, url(synthesis, status), progress)) {
      Digest base = overlay.manifest().base();
      if (base == null) {
        throw new ProblemException(
            Problem.lasting(
                "NoVmOverlay",
                overlay.describe()
                    + " is the difference of files and no VM's overlay; create it from a VM"));
      }
      Owner owner = Owner.of(synthesis);
      SynthesisFacts known = facts.find(owner.uid()).orElse(SynthesisFacts.NONE);
      facts.put(owner.uid(), known.of(owner).on(base.toString()));
    }
  }

  /** Starts the VM, in a pod if one is named. */
  void start(Synthesis synthesis, String base, @Nullable PodPlace place, Progress progress)
      throws IOException {
    long begun = System.currentTimeMillis();
    SynthesisStatus status = synthesis.getStatus();
    Owner owner = Owner.of(synthesis);
    SynthesisRequest request =
        new SynthesisRequest(
            owner.vmName(),
            ports(synthesis),
            SynthesisStep.boots(synthesis),
            place,
            owner.toString());
    Digest root = root(synthesis, status);
    SynthesisResult made =
        root == null
            ? resume(base, request, progress)
            : synthesize(root, url(synthesis, status), base, request, progress);
    SynthesisFacts known = facts.find(owner.uid()).orElse(SynthesisFacts.NONE);
    facts.put(
        owner.uid(), known.of(owner).started(StartTimes.wayOf(made), StartTimes.of(made), begun));
    if (root != null && made.way() == Way.DELTA) {
      cache.prepare(root, url(synthesis, status));
    }
  }

  /** Has the guest shut down because its pod ends. Notes why: the pod's end says so no more. */
  void powerDown(Synthesis synthesis, VmRecord vm, VmPod pod) throws IOException {
    Owner owner = Owner.of(synthesis);
    SynthesisFacts known = facts.find(owner.uid()).orElse(SynthesisFacts.NONE);
    facts.put(owner.uid(), known.of(owner).endsWith(pod));
    new VmLifecycle(data).powerDown(vm, SHUT_DOWN);
  }

  private SynthesisResult resume(String base, SynthesisRequest request, Progress progress)
      throws IOException {
    var entry =
        BaseStore.at(data.bases())
            .find(Digest.parse(base))
            .orElseThrow(() ->
                new ProblemException(
                    Problem.passing("BaseNotHere", "base VM " + base + " has just been removed")));
    machines.require(entry.manifest().machine());
    return new ResumeBase(data, qemu.binary(), progress).run(entry, request);
  }

  private SynthesisResult synthesize(
      Digest root, @Nullable String url, String base, SynthesisRequest request, Progress progress)
      throws IOException {
    try (OverlayReader overlay = overlays.open(root, url, progress)) {
      if (!Objects.equals(base, String.valueOf(overlay.manifest().base()))) {
        throw new ProblemException(
            Problem.lasting(
                "OtherBase",
                overlay.describe()
                    + " was made with base VM "
                    + overlay.manifest().base()
                    + ", not with "
                    + base
                    + "; name the overlay that belongs to this base VM"));
      }
      Machine machine = overlay.manifest().machine();
      if (machine != null) {
        machines.require(machine);
      }
      return new SynthesizeOverlay(data, qemu.binary(), progress).run(overlay, request);
    }
  }

  private static @Nullable Digest root(Synthesis synthesis, @Nullable SynthesisStatus status) {
    String given = synthesis.getSpec().digest();
    String found = status == null ? null : status.overlayDigest();
    String root = given == null ? found : given;
    return root == null ? null : Digest.parse(root);
  }

  private static @Nullable String url(Synthesis synthesis, @Nullable SynthesisStatus status) {
    String given = synthesis.getSpec().overlayUrl();
    return given == null && status != null ? status.overlayUrl() : given;
  }

  /** The ports that the Synthesis names; null when it leaves that to its base VM or overlay. */
  static @Nullable List<Port> ports(Synthesis synthesis) {
    List<Port> named =
        synthesis.getSpec().ports().stream().map(port -> new Port(0, port.guest())).toList();
    return named.isEmpty() ? null : named;
  }
}
