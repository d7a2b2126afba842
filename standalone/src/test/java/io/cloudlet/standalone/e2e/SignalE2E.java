package io.cloudlet.standalone.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.cloudlet.api.v1alpha1.BaseVM;
import io.cloudlet.api.v1alpha1.Synthesis;
import io.cloudlet.sidecar.guest.ApplicationState;
import io.cloudlet.sidecar.node.ProcessId;
import io.fabric8.kubernetes.api.model.coordination.v1.Lease;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Operator and agent end in order when they are asked to, and go on later; VMs run meanwhile. */
class SignalE2E {
  /** What a process says that a signal has ended: 128 and the signal's number. */
  private static final int BY_TERM = 143;

  private static final int BY_INT = 130;

  @TempDir private Path folder;

  @Test
  void endsWhenItIsAskedToAndGoesOnLater() throws Exception {
    try (Lab lab = new Lab(folder)) {
      lab.addNode("one");
      Part agent = lab.parts.agent("one");
      lab.awaitNode("one");
      Story story = lab.story();
      BaseVM base = lab.resources.await(story.base("small"), "Booting");
      endAndStart(lab, agent, "TERM", BY_TERM); // in the middle of its work
      lab.resources.await(base, "Ready");
      Synthesis synthesis = lab.resources.await(story.ofBase("first", "small", "one"), "Ready");
      ApplicationState state = Story.start(synthesis);
      ProcessId qemu = lab.nodes().qemu(synthesis);

      endAndStart(lab, agent, "TERM", BY_TERM);
      endAndStart(lab, agent, "INT", BY_INT);

      assertThat(lab.nodes().qemu(synthesis)).isEqualTo(qemu);
      Story.assertRunsOn(lab.resources.await(synthesis, "Ready"), state);
      lab.resources.delete(synthesis);
      lab.resources.awaitGone(synthesis);
      lab.resources.deleteUnused(base);
      lab.endCleanly();
    }
  }

  private static void endAndStart(Lab lab, Part agent, String signal, int code) throws Exception {
    for (Part part : List.of(agent, lab.parts.operator())) {
      assertThat(part.end(signal)).as("exit code of %s\n%s", part, part.log()).isEqualTo(code);
      assertThat(part.temporaryFiles()).as("what %s leaves", part).isEmpty();
    }
    assertThat(leader(lab)).as("holder of the operator's Lease").isEmpty();

    int starts = starts(agent);
    agent.start();
    lab.parts.operator().start();
    Awaitility.await()
        .atMost(Lab.PATIENCE)
        .until(() -> starts(agent) > starts && !leader(lab).isEmpty());
  }

  private static int starts(Part agent) {
    return agent.log().split("the agent of node one runs", -1).length;
  }

  private static String leader(Lab lab) {
    Lease lease =
        lab.client.leases().inNamespace("cloudlet-system").withName("cloudlet-operator").get();
    return Objects.requireNonNullElse(lease.getSpec().getHolderIdentity(), "");
  }
}
