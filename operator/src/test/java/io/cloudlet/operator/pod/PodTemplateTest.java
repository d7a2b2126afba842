package io.cloudlet.operator.pod;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cloudlet.api.v1alpha1.Accelerator;
import io.cloudlet.api.v1alpha1.MachineStatus;
import io.fabric8.kubernetes.api.model.LocalObjectReference;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.ResourceRequirements;
import java.util.List;
import org.junit.jupiter.api.Test;

class PodTemplateTest {
  private final Pod pod = Pods.template("node-1", "agent:1");

  @Test
  void isNamedLabelledAndOwnedAsTheVm() {
    assertThat(pod.getMetadata().getName()).isEqualTo("web-0a1b2c3d");
    assertThat(pod.getMetadata().getLabels())
        .containsEntry("cloudlet.io/synthesis", "web")
        .containsEntry("app.kubernetes.io/component", "vm")
        .containsEntry("app.kubernetes.io/managed-by", "cloudlet");
    assertThat(PodMaker.isOf(pod, Pods.synthesis())).isTrue();
    assertThat(pod.getMetadata().getOwnerReferences().getFirst().getKind()).isEqualTo("Synthesis");
  }

  @Test
  void isBroughtToItsNodeByTheScheduler() {
    assertThat(pod.getSpec().getNodeName()).isNull();
    var terms =
        pod.getSpec()
            .getAffinity()
            .getNodeAffinity()
            .getRequiredDuringSchedulingIgnoredDuringExecution()
            .getNodeSelectorTerms();
    assertThat(terms.getFirst().getMatchFields().getFirst().getValues()).containsExactly("node-1");
  }

  @Test
  void asksForWhatTheMachineTakesAndMayHaveNoMore() {
    ResourceRequirements asked = pod.getSpec().getContainers().getFirst().getResources();

    assertThat(asked.getLimits()).isEqualTo(asked.getRequests());
    assertThat(asked.getRequests())
        .containsEntry("cpu", new Quantity("2"))
        .containsEntry("memory", new Quantity("1300Mi"))
        .hasSize(2);
  }

  @Test
  void takesTheDeviceWhereTheKernelVirtualises() {
    MachineStatus machine = new MachineStatus("pc-q35-7.2", "host", 1, 1L << 30, Accelerator.KVM);

    assertThat(PodResources.of(machine).getLimits())
        .containsEntry("cloudlet.io/kvm", new Quantity("1"))
        .containsEntry("memory", new Quantity("1164Mi"));
  }

  @Test
  void hasWhatIsSaidOfItsImage() {
    var image = new PodImage("registry.example.org/agent:1", "Always", List.of("registry"));

    Pod made = PodTemplate.of(Pods.synthesis(), new PodPlan("node-1", Pods.MACHINE), image);

    assertThat(made.getSpec().getContainers().getFirst().getImage()).isEqualTo(image.name());
    assertThat(made.getSpec().getContainers().getFirst().getImagePullPolicy()).isEqualTo("Always");
    assertThat(made.getSpec().getImagePullSecrets())
        .containsExactly(new LocalObjectReference("registry"));
    assertThatThrownBy(() -> new PodImage("agent:1", "Sometimes", List.of()))
        .hasMessageContaining("Sometimes");
  }

  @Test
  void isKnownAgainByItsNotes() {
    assertThat(PodNotes.sameTemplate(pod, Pods.template("node-1", "agent:1"))).isTrue();
    assertThat(PodNotes.sameTemplate(pod, Pods.template("node-1", "agent:2"))).isFalse();
    assertThat(PodNotes.sameNode(pod, Pods.template("node-1", "agent:2"))).isTrue();
    assertThat(PodNotes.sameNode(pod, Pods.template("node-2", "agent:1"))).isFalse();
  }
}
