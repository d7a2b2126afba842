package io.cloudlet.operator;

import io.cloudlet.api.v1alpha1.Accelerator;
import io.cloudlet.api.v1alpha1.BaseSource;
import io.cloudlet.api.v1alpha1.BaseVM;
import io.cloudlet.api.v1alpha1.BaseVMPhase;
import io.cloudlet.api.v1alpha1.BaseVMSpec;
import io.cloudlet.api.v1alpha1.BaseVMStatus;
import io.cloudlet.api.v1alpha1.BaseVMStatusBuilder;
import io.cloudlet.api.v1alpha1.MachineStatus;
import io.cloudlet.api.v1alpha1.ObjectRef;
import io.cloudlet.api.v1alpha1.PackageSource;
import io.cloudlet.api.v1alpha1.Placement;
import io.cloudlet.api.v1alpha1.ServicePort;
import io.cloudlet.api.v1alpha1.Synthesis;
import io.cloudlet.api.v1alpha1.SynthesisSpec;
import io.cloudlet.api.v1alpha1.VMOverlay;
import io.cloudlet.api.v1alpha1.VMOverlayPhase;
import io.cloudlet.api.v1alpha1.VMOverlaySpec;
import io.cloudlet.api.v1alpha1.VMOverlayStatus;
import io.cloudlet.api.v1alpha1.VMOverlayStatusBuilder;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Objects to try things with. */
final class Samples {
  static final long GIB = 1L << 30;

  private Samples() {}

  /** A digest that a digit stands for. */
  static String digest(char digit) {
    return "sha256:" + String.valueOf(digit).repeat(64);
  }

  static BaseVM base(String namespace, String name) {
    var exported = new PackageSource("https://images.example.org/" + name + ".base", null);
    return base(namespace, name, new BaseSource(null, exported, null, null));
  }

  static BaseVM base(String namespace, String name, BaseSource source) {
    BaseVM base = named(new BaseVM(), namespace, name);
    base.setSpec(new BaseVMSpec(source, null, null, null));
    return base;
  }

  static Synthesis ofBase(String namespace, String name, String base, ServicePort... ports) {
    return ofBase(namespace, name, base, null, ports);
  }

  static Synthesis ofBase(
      String namespace,
      String name,
      String base,
      @Nullable Placement placement,
      ServicePort... ports) {
    Synthesis synthesis = named(new Synthesis(), namespace, name);
    synthesis.setSpec(
        new SynthesisSpec(
            new ObjectRef(base), null, null, null, placement, null, null, List.of(ports), null));
    return synthesis;
  }

  static Synthesis ofOverlay(String namespace, String name, String overlay) {
    Synthesis synthesis = named(new Synthesis(), namespace, name);
    synthesis.setSpec(
        new SynthesisSpec(
            null, new ObjectRef(overlay), null, null, null, null, null, List.of(), null));
    return synthesis;
  }

  static Synthesis ofUrl(String namespace, String name, String url, String digest) {
    Synthesis synthesis = named(new Synthesis(), namespace, name);
    synthesis.setSpec(
        new SynthesisSpec(null, null, url, digest, null, null, null, List.of(), null));
    return synthesis;
  }

  static VMOverlay overlay(String namespace, String name, VMOverlaySpec spec) {
    VMOverlay overlay = named(new VMOverlay(), namespace, name);
    overlay.setSpec(spec);
    return overlay;
  }

  static BaseVMStatus readyBase(String digest) {
    return new BaseVMStatusBuilder()
        .phase(BaseVMPhase.READY)
        .digest(digest)
        .machine(machine(GIB))
        .conditions(List.of(FakeAgent.ready("Captured")))
        .build();
  }

  static VMOverlayStatus readyOverlay(String digest, String baseDigest) {
    return new VMOverlayStatusBuilder()
        .phase(VMOverlayPhase.READY)
        .digest(digest)
        .baseDigest(baseDigest)
        .url("http://a.example.org:8600/v1/overlays/" + digest.substring("sha256:".length()))
        .conditions(List.of(FakeAgent.ready("Captured")))
        .build();
  }

  static MachineStatus machine(long memoryBytes) {
    return new MachineStatus("pc-q35-7.2", "qemu64", 1, memoryBytes, Accelerator.TCG);
  }

  private static <T extends HasMetadata> T named(T object, String namespace, String name) {
    object.getMetadata().setNamespace(namespace);
    object.getMetadata().setName(name);
    return object;
  }

  /** Changes its spec, so that it has a port. */
  static Synthesis withPort(Synthesis synthesis) {
    SynthesisSpec spec = synthesis.getSpec();
    synthesis.setSpec(
        new SynthesisSpec(
            spec.baseRef(),
            null,
            spec.overlayUrl(),
            spec.digest(),
            null,
            spec.start(),
            spec.earlyStart(),
            List.of(new ServicePort(8080, null, null)),
            null));
    return synthesis;
  }
}
