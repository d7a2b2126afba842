package io.cloudlet.standalone.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cloudlet.api.v1alpha1.Synthesis;
import io.cloudlet.api.v1alpha1.VMOverlay;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What cannot be done to what is there: deleted while in use, edited, captured twice at once. */
@NullUnmarked
class SettledE2E {
  @TempDir private static Path folder;

  private static StillLife life;
  private static Lab lab;

  @BeforeAll
  static void start() throws IOException {
    life = StillLife.start(folder);
    lab = life.lab();
  }

  @AfterAll
  static void nothingIsLeft() throws Exception {
    StillLife.end(life);
  }

  @Test
  void whatIsInUseIsNotDeleted() {
    lab.resources.await(life.base(), "in use", it -> it.getStatus().users().size() == 2);
    assertThatThrownBy(() -> lab.resources.delete(life.base()))
        .isInstanceOf(KubernetesClientException.class)
        .hasMessageContainingAll("Synthesis running", "VMOverlay taken", "delete that first");
  }

  @Test
  void whatIsSettledIsNotEdited() {
    refusesEdit(life.base(), "/spec/source/image/digest", Specs.WRONG, "create another BaseVM");
    refusesEdit(life.overlay(), "/spec/after", "Stop", "create another VMOverlay");
    refusesEdit(life.running(), "/spec/baseRef/name", "other", "create another Synthesis");
  }

  private static void refusesEdit(HasMetadata object, String path, String value, String word) {
    String patch =
        "[{\"op\": \"replace\", \"path\": \"" + path + "\", \"value\": \"" + value + "\"}]";
    assertThatThrownBy(
            () -> lab.client.resource(object).patch(PatchContext.of(PatchType.JSON), patch))
        .isInstanceOf(KubernetesClientException.class)
        .hasMessageContaining(word);
  }

  @Test
  void twoCapturesOfOneVmBothSucceedOneAfterTheOther() throws IOException {
    VMOverlay one = life.create(VMOverlay.class, "capture-1", "synthesisRef: {name: running}");
    VMOverlay two = life.create(VMOverlay.class, "capture-2", "synthesisRef: {name: running}");
    lab.resources.await(one, "Ready");
    lab.resources.await(two, "Ready");
    assertThat(lab.nodes().qemu(life.running()).isAlive()).isTrue();
    lab.resources.deleteUnused(one);
    lab.resources.deleteUnused(two);
  }

  @Test
  void aPortThatNeverAnswersIsNamedAndTheVmRunsOn() throws IOException {
    String spec = "baseRef: {name: still}\n  ports: [{guest: 9999}]\n  readyPort: 9999";
    Synthesis silent = life.create(Synthesis.class, "silent", spec);
    Sighting told = new Wishes(lab).awaitTold(silent, "PortSilent");
    assertThat(told.phase()).isEqualTo("Running");
    assertThat(told.ready().message()).contains("port 9999");
    assertThat(lab.nodes().qemu(silent).isAlive()).isTrue();
    lab.resources.deleteUnused(silent);
  }
}
