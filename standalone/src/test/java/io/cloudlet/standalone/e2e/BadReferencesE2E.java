package io.cloudlet.standalone.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cloudlet.api.v1alpha1.BaseVM;
import io.cloudlet.api.v1alpha1.Condition;
import io.cloudlet.api.v1alpha1.Synthesis;
import io.cloudlet.api.v1alpha1.VMOverlay;
import io.cloudlet.standalone.e2e.Wish.Hope;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What people get told who name what is not there: objects, nodes, and what no node has. */
@NullUnmarked
class BadReferencesE2E {
  private static final String LONG = "n".repeat(63);

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

  static Stream<Wish> objects() {
    return Stream.of(
        new Wish(
            "a base VM that is not there",
            Synthesis.class,
            () -> "baseRef: {name: nobody}",
            Hope.WAITS,
            "BaseNotFound",
            "there is no BaseVM nobody in namespace default: create it"),
        new Wish(
            "an overlay that is not there",
            Synthesis.class,
            () -> "overlayRef: {name: nobody}",
            Hope.WAITS,
            "OverlayNotFound",
            "there is no VMOverlay nobody",
            "create it"),
        new Wish(
            "a Synthesis to capture that is not there",
            VMOverlay.class,
            () -> "synthesisRef: {name: nobody}",
            Hope.WAITS,
            "SynthesisNotFound",
            "there is no Synthesis nobody",
            "create it"));
  }

  static Stream<Wish> nodes() {
    return Stream.of(
        new Wish(
            "a node that is not there",
            Synthesis.class,
            () -> "baseRef: {name: still}\n  placement: {nodeName: nowhere}",
            Hope.WAITS,
            "NodeUnknown",
            "node nowhere has no agent: start one there, or name another node"),
        new Wish(
            "a label that no node has",
            Synthesis.class,
            () -> "baseRef: {name: still}\n  placement: {nodeSelector: {site: moon}}",
            Hope.WAITS,
            "NoNodeFits",
            "0 of 1 node fits",
            "site=moon"),
        new Wish(
            "more memory than any node has",
            BaseVM.class,
            () -> life.spec().replace("64Mi", "64Gi"),
            Hope.WAITS,
            "NoNodeFits",
            "lacks memory (need 64",
            "free "),
        new Wish(
            "a CPU model that QEMU does not know",
            BaseVM.class,
            () -> life.spec() + "\n    cpuModel: nonesuch",
            Hope.WAITS,
            "NoNodeFits",
            "lacks CPU model nonesuch"));
  }

  @ParameterizedTest
  @MethodSource({"objects", "nodes"})
  void saysWhyAndWhatToDo(Wish wish) {
    new Wishes(lab).assertTold(wish);
  }

  /** Though the node has the base: it is there for another namespace. */
  @Test
  void anOverlayWaitsForABaseOfItsOwnNamespaceAndThenProtectsIt() throws IOException {
    String digest = life.base().getStatus().digest();
    String url = lab.web.url(life.publishOverlay());
    String spec = "overlayUrl: " + url + "\n  digest: " + life.overlay().getStatus().digest();
    lab.resources.createNamespace("elsewhere");
    Synthesis lonely =
        lab.resources.create("elsewhere", Synthesis.class, Specs.yaml("lonely", spec));
    Synthesis told =
        lab.resources.await(
            lonely,
            "BaseNotFound",
            it ->
                Condition.find(Sighting.of(it).conditions(), "Ready")
                    .filter(ready -> ready.reason().equals("BaseNotFound"))
                    .isPresent());
    assertThat(told.getStatus().error().message())
        .contains(digest, "in namespace elsewhere", "create a BaseVM");
    assertThat(told.getStatus().vm()).isNull();

    BaseVM served =
        lab.resources.await(life.base(), "package", it -> it.getStatus().packageUrl() != null);
    String exported = Specs.exported(served.getStatus().packageUrl(), digest);
    BaseVM own = lab.resources.create("elsewhere", BaseVM.class, Specs.yaml("own", exported));

    lab.resources.await(lonely, "Ready");
    lab.resources.await(
        own, "a user", it -> it.getStatus().users().equals(List.of("Synthesis lonely")));
    assertThatThrownBy(() -> lab.resources.delete(own))
        .isInstanceOf(KubernetesClientException.class)
        .hasMessageContaining("is used by Synthesis lonely");
    lab.resources.deleteUnused(lonely);
    lab.resources.deleteUnused(own);
  }

  @Test
  void namesMayBeAsLongAsLabelsCarry() {
    String tooLong = "n".repeat(253);
    assertThatThrownBy(() -> life.create(Synthesis.class, tooLong, "baseRef: {name: still}"))
        .isInstanceOf(KubernetesClientException.class)
        .hasMessageContaining("metadata.name has to have at most 63 characters");
    BaseVM base = life.make(BaseVM.class, LONG, life.spec());
    Synthesis vm = life.make(Synthesis.class, LONG, "baseRef: {name: " + LONG + "}");
    VMOverlay taken = life.make(VMOverlay.class, LONG, "synthesisRef: {name: " + LONG + "}");
    for (HasMetadata object : List.of(vm, taken, base)) {
      lab.resources.deleteUnused(object);
    }
  }
}
