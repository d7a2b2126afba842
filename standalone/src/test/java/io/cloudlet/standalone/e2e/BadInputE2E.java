package io.cloudlet.standalone.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cloudlet.api.v1alpha1.BaseVM;
import io.cloudlet.api.v1alpha1.Condition;
import io.cloudlet.api.v1alpha1.Synthesis;
import io.cloudlet.api.v1alpha1.VMOverlay;
import io.cloudlet.sidecar.image.Digest;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.events.v1.Event;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What people get told who ask for what cannot be. */
@NullUnmarked
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class BadInputE2E {
  private static final String WRONG = "sha256:" + "0".repeat(64);
  private static final String LONG = "n".repeat(63);

  @TempDir private static Path folder;

  private static Lab lab;
  private static BaseVM base;
  private static Synthesis running;
  private static VMOverlay overlay;
  private static VMOverlay silent;
  private static Path image;
  private static Path captured;
  private static Path packed;
  private static String packedDigest;

  /** What becomes of a wish that cannot be fulfilled. */
  enum Hope {
    /** It is fulfilled as soon as what is missing is there. */
    WAITS,
    /** It is tried again and again, after longer and longer pauses. */
    RETRIES,
    /** Only another object can help. */
    NONE
  }

  /**
   * A wish, and what is said of it.
   *
   * @param spec YAML, written when everything that it names is there
   * @param reason of the condition Ready
   * @param words in its message
   */
  record Wish(
      String what,
      Class<? extends HasMetadata> kind,
      Supplier<String> spec,
      Hope hope,
      String reason,
      List<String> words) {
    Wish(
        String what,
        Class<? extends HasMetadata> kind,
        Supplier<String> spec,
        Hope hope,
        String reason,
        String... words) {
      this(what, kind, spec, hope, reason, List.of(words));
    }

    @Override
    public String toString() {
      return what;
    }
  }

  @BeforeAll
  static void start() throws IOException {
    lab = new Lab(folder);
    lab.addNode("one");
    lab.awaitNode("one");
    image = lab.web.publish("still.raw", Guests.still());
    base =
        lab.await(create(BaseVM.class, "still", image(lab.web.url(image), digest(image))), "Ready");
    running = lab.await(create(Synthesis.class, "running", "baseRef: {name: still}"), "Ready");
    overlay = lab.await(create(VMOverlay.class, "taken", "synthesisRef: {name: running}"), "Ready");
    String uid = overlay.getMetadata().getUid();
    captured =
        lab.web.publish(
            "taken.overlay",
            Files.readAllBytes(lab.data("one").resolve("overlays/" + uid + ".overlay")));
    exportAnother();
    silent = create(VMOverlay.class, "silent", at(lab.web.silentUrl(), WRONG));
  }

  /** A package of a base VM that is not on the node any more. */
  private static void exportAnother() throws IOException {
    byte[] disk = Guests.still();
    disk[2000] = 1;
    Path file = lab.web.publish("another.raw", disk);
    BaseVM another = create(BaseVM.class, "another", image(lab.web.url(file), digest(file)));
    another = lab.await(another, "packed", it -> it.getStatus().packageBytes() != null);
    packedDigest = another.getStatus().digest();
    Path made = lab.data("one").resolve("packages/" + Digest.parse(packedDigest).hex() + ".base");
    packed = lab.web.publish("another.base", Files.readAllBytes(made));
    lab.deleteUnused(another);
  }

  static Stream<Wish> wishes() {
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
            "create it"),
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
            () -> image(lab.web.url(image), digest(image)).replace("64Mi", "64Gi"),
            Hope.WAITS,
            "NoNodeFits",
            "lacks memory (need 64",
            "free "),
        new Wish(
            "a CPU model that QEMU does not know",
            BaseVM.class,
            () -> image(lab.web.url(image), digest(image)) + "\n    cpuModel: nonesuch",
            Hope.WAITS,
            "NoNodeFits",
            "lacks CPU model nonesuch"),
        new Wish(
            "an image with another digest",
            BaseVM.class,
            () -> image(lab.web.url(image), WRONG),
            Hope.NONE,
            "DigestMismatch",
            WRONG),
        new Wish(
            "an image of which a bit has changed on its way",
            BaseVM.class,
            () -> image(lab.web.url("/corrupted/still.raw"), digest(image)),
            Hope.NONE,
            "DigestMismatch",
            "check URL and digest"),
        new Wish(
            "an image whose server ends in the middle",
            BaseVM.class,
            () -> image(lab.web.url("/truncated/still.raw"), digest(image)),
            Hope.RETRIES,
            "Unreachable",
            "check the server and the network; it is tried again by itself"),
        new Wish(
            "an image that is no disk",
            BaseVM.class,
            () -> noDisk(),
            Hope.NONE,
            "UnsupportedImage",
            "give a raw or qcow2 image"),
        new Wish(
            "a guest that never gives its sign",
            BaseVM.class,
            () ->
                image(lab.web.url(image), digest(image))
                    .replace("delay: 1s", "serial: never\n    timeout: 2s"),
            Hope.RETRIES,
            "Failed",
            "raise spec.readiness.timeout"),
        new Wish(
            "a package with another digest",
            BaseVM.class,
            () -> exported(lab.web.url(packed), WRONG),
            Hope.RETRIES, // The server may have the right one tomorrow.
            "Refused",
            "not of " + WRONG,
            "check the URL"),
        new Wish(
            "a package of which a bit has changed on its way",
            BaseVM.class,
            () -> exported(lab.web.url("/corrupted/another.base"), packedDigest),
            Hope.RETRIES,
            "Corrupt",
            "correct the file, or name another place"),
        new Wish(
            "a package that is not there",
            BaseVM.class,
            () -> exported(lab.web.url("/missing"), packedDigest),
            Hope.RETRIES,
            "Refused",
            "404"),
        new Wish(
            "an overlay with another digest",
            VMOverlay.class,
            () -> at(lab.web.url(captured), WRONG),
            Hope.NONE,
            "DigestMismatch",
            WRONG),
        new Wish(
            "an overlay that is none",
            VMOverlay.class,
            () -> at(lab.web.url(image), WRONG),
            Hope.NONE,
            "Corrupt",
            "make it or fetch it again, from another place"),
        new Wish(
            "an overlay that is not there",
            VMOverlay.class,
            () -> at(lab.web.url("/missing"), WRONG),
            Hope.RETRIES,
            "Refused",
            "404"));
  }

  @ParameterizedTest
  @MethodSource("wishes")
  void saysWhyAndWhatToDo(Wish wish) {
    HasMetadata object = create(wish.kind(), "wish", wish.spec().get());
    try {
      HasMetadata told = lab.await(object, wish.reason(), it -> isTold(it, wish.reason()));
      Sighting seen = Sighting.of(told);
      String message = Condition.find(seen.conditions(), Condition.READY).orElseThrow().message();
      System.out.println(wish + ": " + seen);
      assertThat(message).contains(wish.words());
      switch (wish.hope()) {
        case WAITS -> assertThat(seen.phase()).isEqualTo("Pending");
        case RETRIES -> assertThat(seen.phase()).isNotEqualTo("Failed");
        case NONE -> assertThat(seen.phase()).isEqualTo("Failed");
      }
      Awaitility.await()
          .atMost(Duration.ofSeconds(30))
          .untilAsserted(() ->
              assertThat(events(object)).extracting(Event::getReason).contains(wish.reason()));
    } finally {
      lab.deleteUnused(object);
    }
  }

  private static boolean isTold(HasMetadata object, String reason) {
    return Condition.find(Sighting.of(object).conditions(), Condition.READY)
        .filter(it -> it.reason().equals(reason))
        .isPresent();
  }

  private static List<Event> events(HasMetadata about) {
    return lab.client.events().v1().events().inNamespace(Lab.NAMESPACE).list().getItems().stream()
        .filter(it -> about.getMetadata().getUid().equals(it.getRegarding().getUid()))
        .toList();
  }

  /** Last, because it takes two minutes in which all else goes on. */
  @Test
  @Order(Integer.MAX_VALUE)
  void aServerThatTakesConnectionsAndIsSilentIsGivenUpAndTriedAgain() {
    VMOverlay told = lab.await(silent, "Stalled", it -> isTold(it, "Stalled"));
    assertThat(Sighting.of(told).phase()).isEqualTo("Fetching");
    assertThat(Sighting.of(told).toString()).contains("check the server and the network");
    assertThat(events(silent)).extracting(Event::getReason).contains("Stalled");
    lab.deleteUnused(silent);
  }

  @Test
  void triesAgainUntilTheImageIsThere() throws IOException {
    byte[] content = Guests.still();
    content[1000] = 1; // Another disk than the one that the node has already fetched.
    String digest = Digest.sha256(content).toString();
    BaseVM late = create(BaseVM.class, "late", image(lab.web.url("/late.raw"), digest));
    lab.await(late, "refused", it -> isTold(it, "Refused"));
    lab.web.publish("late.raw", content);
    lab.await(late, "Ready");
    lab.deleteUnused(late);
  }

  @Test
  void aPortThatNeverAnswersIsNamedAndTheVmRunsOn() throws IOException {
    Synthesis silent =
        create(
            Synthesis.class,
            "silent",
            "baseRef: {name: still}\n  ports: [{guest: 9999}]\n  readyPort: 9999");
    silent = lab.await(silent, "silent", it -> isTold(it, "PortSilent"));
    assertThat(Sighting.of(silent).phase()).isEqualTo("Running");
    assertThat(Sighting.of(silent).toString()).contains("port 9999");
    assertThat(lab.nodes().qemu(silent).isAlive()).isTrue();
    lab.deleteUnused(silent);
  }

  @Test
  void anOverlayWithoutItsBaseNamesTheBaseThatIsMissing() {
    lab.createNamespace("elsewhere");
    Synthesis lonely =
        lab.create(
            "elsewhere",
            Synthesis.class,
            yaml(
                "lonely",
                at(lab.web.url(captured), overlay.getStatus().digest())
                    .replace("url:", "overlayUrl:")));
    Synthesis told =
        lab.await(
            lonely,
            "BaseFound",
            it -> Condition.find(Sighting.of(it).conditions(), "BaseFound").isPresent());
    Condition found = Condition.find(Sighting.of(told).conditions(), "BaseFound").orElseThrow();
    assertThat(found.reason()).isEqualTo("BaseNotFound");
    assertThat(found.message()).contains(base.getStatus().digest(), "create a BaseVM");
    lab.deleteUnused(lonely);
  }

  @Test
  void whatIsInUseIsNotDeleted() {
    lab.await(base, "in use", it -> it.getStatus().users().size() == 2);
    assertThatThrownBy(() -> lab.delete(base))
        .isInstanceOf(KubernetesClientException.class)
        .hasMessageContainingAll("Synthesis running", "VMOverlay taken", "delete that first");
  }

  @Test
  void whatIsSettledIsNotEdited() {
    refusesEdit(base, "/spec/source/image/digest", WRONG, "create another BaseVM");
    refusesEdit(overlay, "/spec/after", "Stop", "create another VMOverlay");
    refusesEdit(running, "/spec/baseRef/name", "other", "create another Synthesis");
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
    VMOverlay one = create(VMOverlay.class, "capture-1", "synthesisRef: {name: running}");
    VMOverlay two = create(VMOverlay.class, "capture-2", "synthesisRef: {name: running}");
    lab.await(one, "Ready");
    lab.await(two, "Ready");
    assertThat(lab.nodes().qemu(running).isAlive()).isTrue();
    lab.deleteUnused(one);
    lab.deleteUnused(two);
  }

  @Test
  void namesMayBeAsLongAsLabelsCarry() {
    String tooLong = "n".repeat(253);
    assertThatThrownBy(() -> create(Synthesis.class, tooLong, "baseRef: {name: still}"))
        .isInstanceOf(KubernetesClientException.class)
        .hasMessageContaining("metadata.name has to have at most 63 characters");
    BaseVM longBase =
        lab.await(create(BaseVM.class, LONG, image(lab.web.url(image), digest(image))), "Ready");
    Synthesis vm =
        lab.await(create(Synthesis.class, LONG, "baseRef: {name: " + LONG + "}"), "Ready");
    VMOverlay taken =
        lab.await(create(VMOverlay.class, LONG, "synthesisRef: {name: " + LONG + "}"), "Ready");
    for (HasMetadata object : List.of(vm, taken, longBase)) {
      lab.deleteUnused(object);
    }
  }

  @AfterAll
  static void nothingIsLeft() throws Exception {
    try (Lab ending = lab) {
      for (HasMetadata object : Arrays.asList(overlay, running, base)) {
        ending.deleteUnused(object);
      }
      ending.endCleanly();
    }
  }

  private static <P extends HasMetadata> P create(Class<P> kind, String name, String spec) {
    return lab.create(kind, yaml(name, spec));
  }

  private static String yaml(String name, String spec) {
    return "metadata:\n  name: " + name + "\nspec:\n  " + spec + "\n";
  }

  private static String image(String url, String digest) {
    return """
    readiness:
        delay: 1s
      source:
        image:
          url: %s
          digest: %s
      machine:
        memory: 64Mi\
    """
        .formatted(url, digest);
  }

  private static String exported(String url, String digest) {
    return "source:\n    package: {url: \"" + url + "\", digest: \"" + digest + "\"}";
  }

  private static String at(String url, String digest) {
    return "url: " + url + "\n  digest: " + digest;
  }

  private static String digest(Path file) {
    try {
      return Web.digest(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** It begins as a qcow2 does, and goes on as nothing does. */
  private static String noDisk() {
    try {
      byte[] content = new byte[4096];
      Arrays.fill(content, (byte) 0x5a);
      System.arraycopy(new byte[] {'Q', 'F', 'I', (byte) 0xfb}, 0, content, 0, 4);
      Path file = lab.web.publish("none.qcow2", content);
      return image(lab.web.url(file), digest(file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
