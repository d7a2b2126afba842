package io.cloudlet.operator.pod;

import io.cloudlet.api.v1alpha1.Synthesis;
import io.cloudlet.api.words.VmNames;
import io.cloudlet.operator.cluster.VmPodLabels;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerBuilder;
import io.fabric8.kubernetes.api.model.LocalObjectReference;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.PodSpecBuilder;
import io.fabric8.kubernetes.api.model.Toleration;
import io.fabric8.kubernetes.api.model.TolerationBuilder;
import java.util.stream.Stream;

/**
 * What the pod around a VM is to be: nothing but the machine, as what Pod Security calls
 * "restricted". The agent of its node lays the VM into the one volume, and has no part in the pod.
 */
final class PodTemplate {
  /** The condition that a Service waits for: the guest answers. */
  static final String READINESS_GATE = "cloudlet.io/Ready";

  private static final String COMMAND = "/usr/bin/cloudlet-vm";
  private static final String VOLUME = "vm";
  private static final String FOLDER = "/run/cloudlet/vm";

  /** User and group of QEMU in the image. */
  private static final long QEMU = 107;

  /** Between being told to end and being killed: what a guest gets for shutting down. */
  private static final long GRACE_SECONDS = 60;

  private PodTemplate() {}

  static Pod of(Synthesis synthesis, PodPlan plan, PodImage image) {
    PodSpec spec = spec(plan, image);
    ObjectMeta metadata = metadata(synthesis);
    PodNotes.write(metadata, plan, spec);
    return new PodBuilder().withMetadata(metadata).withSpec(spec).build();
  }

  static String name(Synthesis synthesis) {
    return VmNames.of(synthesis.getMetadata().getName(), synthesis.getMetadata().getUid());
  }

  private static ObjectMeta metadata(Synthesis synthesis) {
    return new ObjectMetaBuilder()
        .withName(name(synthesis))
        .withNamespace(synthesis.getMetadata().getNamespace())
        .withLabels(VmPodLabels.of(synthesis))
        .addNewOwnerReference()
        .withApiVersion(synthesis.getApiVersion())
        .withKind(synthesis.getKind())
        .withName(synthesis.getMetadata().getName())
        .withUid(synthesis.getMetadata().getUid())
        // Without a controller, those who drain a node would take it for one that nobody misses.
        .withController(true)
        .endOwnerReference()
        .build();
  }

  private static PodSpec spec(PodPlan plan, PodImage image) {
    return new PodSpecBuilder()
        .withRestartPolicy("Never")
        .withTerminationGracePeriodSeconds(GRACE_SECONDS)
        .withAutomountServiceAccountToken(false)
        .withEnableServiceLinks(false)
        .withImagePullSecrets(image.pullSecrets().stream().map(LocalObjectReference::new).toList())
        .withNewSecurityContext()
        .withRunAsNonRoot(true)
        .withRunAsUser(QEMU)
        .withRunAsGroup(QEMU)
        .withFsGroup(QEMU)
        .withNewSeccompProfile()
        .withType("RuntimeDefault")
        .endSeccompProfile()
        // So that QEMU may listen on ports of the guest below 1024; inside the pod's network alone.
        .addNewSysctl("net.ipv4.ip_unprivileged_port_start", "0")
        .endSecurityContext()
        // By the scheduler, not by spec.nodeName: it counts what there is, and says what lacks.
        .withNewAffinity()
        .withNewNodeAffinity()
        .withNewRequiredDuringSchedulingIgnoredDuringExecution()
        .addNewNodeSelectorTerm()
        .addNewMatchField()
        .withKey("metadata.name")
        .withOperator("In")
        .withValues(plan.node())
        .endMatchField()
        .endNodeSelectorTerm()
        .endRequiredDuringSchedulingIgnoredDuringExecution()
        .endNodeAffinity()
        .endAffinity()
        .withTolerations(
            Stream.of("not-ready", "unreachable").map(PodTemplate::untilItIsBack).toList())
        .addNewReadinessGate(READINESS_GATE)
        .withContainers(container(plan, image))
        .addNewVolume()
        .withName(VOLUME)
        .withNewEmptyDir()
        .endEmptyDir()
        .endVolume()
        .build();
  }

  /**
   * A node that does not answer may still run its VMs, and no other node goes on with them: to
   * evict them would lose what they have, and gain nothing.
   */
  private static Toleration untilItIsBack(String trouble) {
    return new TolerationBuilder()
        .withKey("node.kubernetes.io/" + trouble)
        .withOperator("Exists")
        .withEffect("NoExecute")
        .build();
  }

  private static Container container(PodPlan plan, PodImage image) {
    return new ContainerBuilder()
        .withName(VOLUME)
        .withImage(image.name())
        .withImagePullPolicy(image.pullPolicy())
        .withCommand(COMMAND)
        .withResources(PodResources.of(plan.machine()))
        .withNewSecurityContext()
        .withAllowPrivilegeEscalation(false)
        .withReadOnlyRootFilesystem(true)
        .withNewCapabilities()
        .withDrop("ALL")
        .endCapabilities()
        .endSecurityContext()
        .addNewVolumeMount()
        .withName(VOLUME)
        .withMountPath(FOLDER)
        .endVolumeMount()
        .build();
  }
}
