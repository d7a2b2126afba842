package io.cloudlet.sidecar.synthesis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cloudlet.sidecar.image.CloudletException;
import io.cloudlet.sidecar.image.CorruptException;
import io.cloudlet.sidecar.image.Durability;
import io.cloudlet.sidecar.image.ImageId;
import io.cloudlet.sidecar.overlay.OverlayReader;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class FlatSynthesisTest {
  private static final SynthesisLimits SMALL = new SynthesisLimits(3, 1 << 20, 2);

  @TempDir Path folder;
  private SyntheticState state;
  private Path overlay;

  @BeforeEach
  void makeState() throws IOException {
    state = new SyntheticState(folder, 7, 1500);
    overlay = state.overlay();
  }

  @Test
  void writesEveryImageAsItWas() throws IOException {
    AtomicLong placed = new AtomicLong();
    AtomicLong total = new AtomicLong();
    SynthesisListener listener =
        (bytes, bytesTotal, pages, pagesTotal) -> {
          placed.accumulateAndGet(pages, Math::max);
          total.set(pagesTotal);
        };
    Map<ImageId, Path> targets = targets();
    write(targets, SMALL, listener);
    for (Map.Entry<ImageId, Path> target : targets.entrySet()) {
      assertThat(target.getValue()).hasBinaryContent(state.changed.get(target.getKey()));
    }
    assertThat(placed.get()).isEqualTo(total.get()).isPositive();
  }

  @Test
  void writesOneImageWithoutTheOthers() throws IOException {
    Path disk = folder.resolve("disk");
    write(Map.of(SyntheticState.DISK, disk), SMALL, SynthesisListener.NONE);
    assertThat(disk).hasBinaryContent(state.changed.get(SyntheticState.DISK));
  }

  @Test
  void leavesNothingUnderAFinalNameWhenASegmentIsDamaged() throws IOException {
    byte[] bytes = Files.readAllBytes(overlay);
    bytes[bytes.length / 2] ^= 4;
    Files.write(overlay, bytes);
    Map<ImageId, Path> targets = targets();
    assertThatThrownBy(() -> write(targets, SMALL, SynthesisListener.NONE))
        .isInstanceOf(CorruptException.class)
        .hasMessageContaining(overlay.toString());
    assertOnlyInputIsLeft();
  }

  @Test
  void endsWhenInterrupted() throws IOException {
    Thread self = Thread.currentThread();
    SynthesisListener interrupting = (bytes, bytesTotal, pages, pagesTotal) -> self.interrupt();
    Map<ImageId, Path> targets = targets();
    assertThatThrownBy(() -> write(targets, SMALL, interrupting))
        .isInstanceOf(InterruptedIOException.class)
        .hasMessageContaining("cancelled");
    assertThat(Thread.interrupted()).isTrue();
    assertOnlyInputIsLeft();
  }

  @Test
  void refusesImagesThatTheOverlayHasNot() {
    Map<ImageId, Path> targets = Map.of(ImageId.parse("disk/other"), folder.resolve("x"));
    assertThatThrownBy(() -> write(targets, SMALL, SynthesisListener.NONE))
        .hasMessageContaining("has no image disk/other");
    assertOnlyInputIsLeft();
  }

  @Test
  void namesTheImageThatCannotBeWritten() throws IOException {
    PageSink full =
        (page, count, source, offset) -> {
          throw new IOException("No space left on device");
        };
    try (OverlayReader reader = OverlayReader.open(overlay);
        BaseImages base = BaseImages.open(reader.manifest(), state::base)) {
      Targets work = new Targets(reader, base);
      work.place(work.require(SyntheticState.DISK), full);
      assertThatThrownBy(() -> work.run(SMALL, SynthesisListener.NONE))
          .isInstanceOf(CloudletException.class)
          .hasMessageContaining("cannot write disk/disk0 at page")
          .hasMessageContaining("No space left on device");
    }
  }

  @Test
  void verifiesTheBase() throws IOException {
    Path disk = state.base(SyntheticState.DISK);
    byte[] bytes = Files.readAllBytes(disk);
    bytes[12345] ^= 1;
    Files.write(disk, bytes);
    assertOtherBase(disk, "the digest");
    Files.write(disk, Arrays.copyOf(bytes, bytes.length + 1));
    assertOtherBase(disk, "bytes, not " + (bytes.length + 1));
  }

  private void assertOtherBase(Path file, String difference) throws IOException {
    try (OverlayReader reader = OverlayReader.open(overlay)) {
      assertThatThrownBy(() -> BaseImages.verified(reader, state::base))
          .isInstanceOf(OtherBaseException.class)
          .hasMessageContaining(overlay + " was made for another base than " + file)
          .hasMessageContaining("disk/disk0")
          .hasMessageContaining(difference);
    }
  }

  private Map<ImageId, Path> targets() {
    Map<ImageId, Path> targets = new LinkedHashMap<>();
    state.changed.keySet().forEach(id -> targets.put(id, folder.resolve("out" + targets.size())));
    return targets;
  }

  private void write(Map<ImageId, Path> targets, SynthesisLimits limits, SynthesisListener listener)
      throws IOException {
    try (OverlayReader reader = OverlayReader.open(overlay);
        BaseImages base = BaseImages.verified(reader, state::base)) {
      new FlatSynthesis(limits, listener).write(reader, base, targets, Durability.CACHE);
    }
  }

  private void assertOnlyInputIsLeft() {
    assertThat(folder.toFile().list())
        .allMatch(name -> name.startsWith("base-") || name.equals("state.overlay"));
  }
}
