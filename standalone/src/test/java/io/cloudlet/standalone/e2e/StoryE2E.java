package io.cloudlet.standalone.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cloudlet.api.v1alpha1.BaseVM;
import io.cloudlet.api.v1alpha1.Synthesis;
import io.cloudlet.api.v1alpha1.VMOverlay;
import io.cloudlet.sidecar.guest.ApplicationState;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StoryE2E {
  @TempDir private Path folder;

  @Test
  void anApplicationGoesOnElsewhereAndEverythingEndsInOrder() throws Exception {
    try (Lab lab = new Lab(folder)) {
      lab.addNode("one");
      lab.awaitNode("one"); // The only one yet: the base VM is made there.
      Story story = lab.story();
      BaseVM base = lab.resources.await(story.base("small"), "Ready");
      assertThat(base.getStatus().node()).isEqualTo("one");
      lab.addNode("two");
      lab.awaitNode("two");

      Synthesis first = lab.resources.await(story.ofBase("first", "small", "one"), "Ready");
      ApplicationState state = Story.start(first);
      VMOverlay overlay = lab.resources.await(story.capture("state", "first"), "Ready");
      assertThat(overlay.getStatus().baseDigest()).isEqualTo(base.getStatus().digest());
      Story.assertRunsOn(first, state);

      Synthesis second = lab.resources.await(story.ofOverlay("second", "state", "two"), "Ready");
      assertThat(second.getStatus().node()).isEqualTo("two");
      Story.assertRunsOn(second, state);
      Story.assertRunsOn(first, state);

      refuses(lab, base, "Synthesis first", "Synthesis second", "VMOverlay state");
      refuses(lab, overlay, "Synthesis second");
      lab.resources.delete(second);
      lab.resources.awaitGone(second);
      lab.resources.delete(first);
      lab.resources.awaitGone(first);
      refuses(lab, base, "VMOverlay state");
      lab.resources.deleteUnused(overlay);
      lab.resources.deleteUnused(base);
      lab.endCleanly();
    }
  }

  /** As soon as the operator has seen the users, which it writes into the status. */
  private static void refuses(Lab lab, BaseVM base, String... users) {
    lab.resources.await(base, "in use", it -> it.getStatus().users().size() == users.length);
    assertRefused(lab, base, "BaseVM small is used by", users);
  }

  private static void refuses(Lab lab, VMOverlay overlay, String... users) {
    lab.resources.await(overlay, "in use", it -> it.getStatus().users().size() == users.length);
    assertRefused(lab, overlay, "VMOverlay state is used by", users);
  }

  private static void assertRefused(Lab lab, HasMetadata object, String what, String... users) {
    assertThatThrownBy(() -> lab.resources.delete(object))
        .isInstanceOf(KubernetesClientException.class)
        .hasMessageContaining(what)
        .hasMessageContainingAll(users)
        .hasMessageContaining("delete that first");
  }
}
