package io.cloudlet.standalone.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.cloudlet.api.v1alpha1.BaseVM;
import io.cloudlet.api.v1alpha1.VMOverlay;
import io.cloudlet.sidecar.image.Digest;
import io.cloudlet.standalone.e2e.Wish.Hope;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
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

/** What people get told whose URL leads to nothing, or to something else than they say. */
@NullUnmarked
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class BadContentE2E {
  @TempDir private static Path folder;

  /** Nothing has this one either, and who waits for the one does not keep up the other. */
  private static final String OTHER = "sha256:" + "1".repeat(64);

  private static StillLife life;
  private static Lab lab;
  private static VMOverlay silent;
  private static BaseVM mute;
  private static Path captured;
  private static Path packed;
  private static String packedDigest;

  @BeforeAll
  static void start() throws IOException {
    life = StillLife.start(folder);
    lab = life.lab();
    silent = life.create(VMOverlay.class, "silent", Specs.at(lab.web.silentUrl(), Specs.WRONG));
    mute = life.create(BaseVM.class, "mute", Specs.image(lab.web.silentUrl(), OTHER));
    captured = life.publishOverlay();
    exportAnother();
  }

  /** A package of a base VM that is not on the node any more. */
  private static void exportAnother() throws IOException {
    byte[] disk = Guests.still();
    disk[2000] = 1;
    BaseVM another = life.create(BaseVM.class, "another", image("another.raw", disk));
    another = lab.resources.await(another, "packed", it -> it.getStatus().packageBytes() != null);
    packedDigest = another.getStatus().digest();
    Path made = lab.data("one").resolve("packages/" + Digest.parse(packedDigest).hex() + ".base");
    packed = lab.web.publish("another.base", Files.readAllBytes(made));
    lab.resources.deleteUnused(another);
    Awaitility.await().until(() -> !lab.nodes().hasBase("one", packedDigest));
  }

  private static String image(String name, byte[] content) {
    try {
      Path file = lab.web.publish(name, content);
      return Specs.image(lab.web.url(file), Specs.digest(file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @AfterAll
  static void nothingIsLeft() throws Exception {
    StillLife.end(life);
  }

  static Stream<Wish> images() {
    return Stream.of(
        new Wish(
            "an image with another digest",
            BaseVM.class,
            () -> Specs.image(lab.web.url(life.image()), Specs.WRONG),
            Hope.NONE,
            "DigestMismatch",
            Specs.WRONG),
        new Wish(
            "an image of which a bit has changed on its way",
            BaseVM.class,
            () -> Specs.image(lab.web.url("/corrupted/still.raw"), Specs.digest(life.image())),
            Hope.NONE,
            "DigestMismatch",
            "check URL and digest"),
        new Wish(
            "an image whose server ends in the middle",
            BaseVM.class,
            () -> Specs.image(lab.web.url("/truncated/still.raw"), Specs.digest(life.image())),
            Hope.RETRIES,
            "Unreachable",
            "check the server and the network; it is tried again by itself"),
        new Wish(
            "an image that is no disk",
            BaseVM.class,
            () -> image("none.qcow2", noDisk()),
            Hope.NONE,
            "UnsupportedImage",
            "give a raw or qcow2 image"),
        new Wish(
            "a guest that never gives its sign",
            BaseVM.class,
            () -> life.spec().replace("delay: 1s", "serial: never\n    timeout: 2s"),
            Hope.RETRIES,
            "Failed",
            "raise spec.readiness.timeout"));
  }

  /** It begins as a qcow2 does, and goes on as nothing does. */
  private static byte[] noDisk() {
    byte[] content = new byte[4096];
    Arrays.fill(content, (byte) 0x5a);
    System.arraycopy(new byte[] {'Q', 'F', 'I', (byte) 0xfb}, 0, content, 0, 4);
    return content;
  }

  static Stream<Wish> packages() {
    return Stream.of(
        new Wish(
            "a package with another digest",
            BaseVM.class,
            () -> Specs.exported(lab.web.url(packed), Specs.WRONG),
            Hope.RETRIES, // The server may have the right one tomorrow.
            "Refused",
            "not of " + Specs.WRONG,
            "check the URL"),
        new Wish(
            "a package of which a bit has changed on its way",
            BaseVM.class,
            () -> Specs.exported(lab.web.url("/corrupted/another.base"), packedDigest),
            Hope.RETRIES,
            "Corrupt",
            "correct the file, or name another place"),
        new Wish(
            "a package that is not there",
            BaseVM.class,
            () -> Specs.exported(lab.web.url("/missing"), packedDigest),
            Hope.RETRIES,
            "Refused",
            "404"));
  }

  static Stream<Wish> overlays() {
    return Stream.of(
        new Wish(
            "an overlay with another digest",
            VMOverlay.class,
            () -> Specs.at(lab.web.url(captured), Specs.WRONG),
            Hope.NONE,
            "DigestMismatch",
            Specs.WRONG),
        new Wish(
            "an overlay that is none",
            VMOverlay.class,
            () -> Specs.at(lab.web.url(life.image()), Specs.WRONG),
            Hope.NONE,
            "Corrupt",
            "make it or fetch it again, from another place"),
        new Wish(
            "an overlay that is not there",
            VMOverlay.class,
            () -> Specs.at(lab.web.url("/missing"), Specs.WRONG),
            Hope.RETRIES,
            "Refused",
            "404"));
  }

  @ParameterizedTest
  @MethodSource({"images", "packages", "overlays"})
  void saysWhyAndWhatToDo(Wish wish) {
    new Wishes(lab).assertTold(wish);
  }

  @Test
  void triesAgainUntilTheImageIsThere() throws IOException {
    byte[] content = Guests.still();
    content[1000] = 1; // Another disk than the one that the node has already fetched.
    String digest = Digest.sha256(content).toString();
    BaseVM late = life.create(BaseVM.class, "late", Specs.image(lab.web.url("/late.raw"), digest));
    new Wishes(lab).awaitTold(late, "Refused");
    lab.web.publish("late.raw", content);
    lab.resources.await(late, "Ready");
    lab.resources.deleteUnused(late);
  }

  /** Last, because it takes two minutes in which all else goes on. */
  @Test
  @Order(Integer.MAX_VALUE)
  void aServerThatTakesConnectionsAndIsSilentIsGivenUpAndTriedAgain() {
    Sighting early = new Wishes(lab).awaitTold(mute, "NoAnswer");
    assertThat(early.phase()).isEqualTo("Fetching");
    assertThat(early.ready().message()).contains("no answer yet from", "trying again");
    lab.resources.deleteUnused(mute);
    Sighting told = new Wishes(lab).awaitTold(silent, "Stalled");
    assertThat(told.phase()).isEqualTo("Fetching");
    assertThat(told.ready().message()).contains("check the server and the network");
    new Wishes(lab).assertEvent(silent, "Stalled");
    lab.resources.deleteUnused(silent);
  }
}
