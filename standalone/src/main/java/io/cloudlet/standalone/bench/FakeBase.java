package io.cloudlet.standalone.bench;

import io.cloudlet.api.v1alpha1.Accelerator;
import io.cloudlet.api.v1alpha1.BaseSource;
import io.cloudlet.api.v1alpha1.BaseVM;
import io.cloudlet.api.v1alpha1.BaseVMPhase;
import io.cloudlet.api.v1alpha1.BaseVMSpec;
import io.cloudlet.api.v1alpha1.BaseVMStatusBuilder;
import io.cloudlet.api.v1alpha1.Condition;
import io.cloudlet.api.v1alpha1.ConditionStatus;
import io.cloudlet.api.v1alpha1.MachineStatus;
import io.cloudlet.api.v1alpha1.PackageSource;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.util.List;

/** A base VM that exists in the API alone, ready. */
record FakeBase(KubernetesClient client) {
  static final String NAMESPACE = "default";
  static final String NAME = "base";
  static final String DIGEST = "sha256:" + "b".repeat(64);
  private static final String NODE = FakeNodes.name(0);

  /** Creates it, as its operator and agent would leave it. */
  void create() {
    BaseVM base = new BaseVM();
    base.setMetadata(new ObjectMetaBuilder().withNamespace(NAMESPACE).withName(NAME).build());
    base.setSpec(
        new BaseVMSpec(
            new BaseSource(null, new PackageSource("https://example.org/base", DIGEST), null, null),
            null,
            null,
            null));
    client.resource(base).create();
    BaseVM status = new BaseVM();
    status.setMetadata(base.getMetadata());
    status.setStatus(
        new BaseVMStatusBuilder()
            .observedGeneration(1L)
            .phase(BaseVMPhase.READY)
            .digest(DIGEST)
            .packageBytes(40L << 20)
            .machine(new MachineStatus("pc-q35-7.2", "qemu64", 1, 512L << 20, Accelerator.TCG))
            .conditions(
                List.of(
                    Condition.found(
                        Condition.READY, ConditionStatus.TRUE, 1L, "Captured", "", List.of())))
            .build());
    apply(status, "cloudlet-agent");
    BaseVM placed = new BaseVM();
    placed.setMetadata(base.getMetadata());
    placed.setStatus(new BaseVMStatusBuilder().node(NODE).build());
    apply(placed, "cloudlet-operator");
  }

  private void apply(BaseVM base, String manager) {
    client
        .resource(base)
        .subresource("status")
        .patch(
            new PatchContext.Builder()
                .withPatchType(PatchType.SERVER_SIDE_APPLY)
                .withFieldManager(manager)
                .withForce(true)
                .build(),
            base);
  }
}
